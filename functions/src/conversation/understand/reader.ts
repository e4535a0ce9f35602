import { actsOf, type Thing, thingOf, verbForms } from './lexicon.ts';
import { nearest, tolerance } from './spelling.ts';
import type { Token } from './text.ts';
import type { Act } from './verb-list.ts';
import { carriesClitics, type Form, withoutClitics } from './verbs.ts';

export type VerbReading = {
  infinitive: string;
  form: Form;
  acts: readonly Act[];
  clitics: string[];
};

/** A token with what it may mean. */
export type Word = Token & { verbs: VerbReading[]; thing?: Thing };

const bare = (form: string): VerbReading[] =>
  (verbForms.get(form) ?? []).map(reading => ({
    ...reading,
    acts: actsOf.get(reading.infinitive) ?? [],
    clitics: [],
  }));

const verbsOf = (form: string): VerbReading[] => {
  const direct = bare(form);
  if (direct.length > 0 || form.length < 4) return direct;
  return withoutClitics(form).flatMap(({ base, clitics }) =>
    bare(base)
      .filter(reading => carriesClitics(reading.form))
      .map(reading => ({ ...reading, clitics })),
  );
};

/** Command words that people mistype often; only these are bent, never the words of a title. */
const keywords = [
  ...thingOf.keys(),
  ...[...verbForms]
    .filter(([word, all]) => word.length > 4 && all.some(r => r.form === 'imp' || r.form === 'inf'))
    .map(([word]) => word),
].filter(word => word.length >= 5);

const sound = new Set(
  'carta creer crees crema tercera tareas puesta agosto sprint parte marco marca pagar pasta carga cargo sumas cuenta cuentas mover mejor traer tener deber haber poder comer correo borde grupo orden datos linea texto compra comprar preparar enviar llamar reparar separar comparar pintar contrato cliente revision migrar instalar redactar disenar probar validar'.split(
    ' ',
  ),
);

/** Keywords by first letter: the first two letters swapped is as far as a slip moves it. */
const byLetter = new Map<string, string[]>();
for (const word of new Set(keywords))
  byLetter.set(word[0] ?? '', [...(byLetter.get(word[0] ?? '') ?? []), word]);

// The same few words are looked at from several sides of one message.
const lately = new Map<string, string | undefined>();

const near = (form: string): string | undefined => {
  if (lately.has(form)) return lately.get(form);
  if (lately.size > 2000) lately.clear();
  const found = nearestKeyword(form);
  lately.set(form, found);
  return found;
};

const nearestKeyword = (form: string): string | undefined => {
  const slips = tolerance(form.length);
  if (!slips) return undefined;
  const likely = [...(byLetter.get(form[0] ?? '') ?? []), ...(byLetter.get(form[1] ?? '') ?? [])];
  return nearest(form, likely, slips);
};

const corrected = (token: Token): string => {
  if (token.kind !== 'word' || token.form.length > 20 || sound.has(token.form)) return token.form;
  const swapped = token.form.length === 4 ? shortSwap(token.form) : undefined;
  return swapped ?? near(token.form) ?? token.form;
};

const shortCommands = ['crea', 'creo', 'pone', 'task'];
const letters = (word: string): string => word.split('').toSorted().join('');
const shortSwap = (form: string) =>
  shortCommands.find(
    word => word !== form && letters(word) === letters(form) && word[0] === form[0],
  );

export const read = (token: Token): Word => {
  const verbs = token.kind === 'word' ? verbsOf(token.form) : [];
  const thing = thingOf.get(token.form);
  if (verbs.length > 0 || thing) return { ...token, verbs, ...(thing && { thing }) };
  return { ...token, verbs: [] };
};

/** Reads a token that must be a command word or nothing: slips of the finger are forgiven. */
export const readLoosely = (token: Token): Word => {
  const word = read(token);
  if (word.verbs.length > 0 || word.thing) return word;
  const form = corrected(token);
  return form === token.form ? word : { ...read({ ...token, form }), form: token.form };
};
