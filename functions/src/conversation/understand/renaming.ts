import type { Context, Segment } from '../model.ts';
import { asidesIn } from './asides.ts';
import type { Clause } from './clauses.ts';
import { Draft, textOf } from './draft.ts';
import type { Features } from './features.ts';
import { infinitiveEnding } from './infinitive.ts';
import { segment } from './making.ts';
import { compile, longestAt, matchAt, table } from './phrases.ts';
import { findReferences, merged } from './references.ts';
import { formAt } from './text.ts';
import { quoted, type Run, trimTitle } from './titles.ts';

/** Ways of saying that a task is to be called otherwise; what follows names task and title. */
const commands = table<true>([
  [
    'renombra|renombrar|renombre|renombrala|renombralo|renombrarla|renombrame|rebautiza|rebautizala|rename',
    true,
  ],
  [
    'cambia|cambiale|cambie|cambiele|cambiar|cambiarle|cambiame|modifica|modificale|modificar|edita|editale|editar|corrige|corregi|corregile|corrigele|ponle|ponele|pongale|actualiza|actualizale el|otro|nuevo nombre|titulo',
    true,
  ],
  ['ponle|ponele|pongale|ponlo|ponla|ponela de|por nombre|titulo', true],
  ['que ahora? se llame|llamara|titule mejor|ahora?', true],
  ['ahora? se llama|llamara|titula ahora?', true],
  ['deberia|debe|tiene|tendria que? llamarse|titularse', true],
  ['se debe|deberia|tiene|tendria que? llamar|titular', true],
]);
const between = [
  'por|a|como|con|to|as|:',
  'que|se diga|sea|llame|llama',
  'y|para que? ponle|ponele|se|diga|quede',
].map(pattern => compile(pattern));
const starters = new Set(['a', 'de', 'del', 'al', 'la', 'el', 'esa', 'esta', 'lo']);

const commandIn = ({ words, opening }: Features) => {
  for (let at = opening.end; at < Math.min(words.length, opening.end + 8); at++) {
    const match = longestAt(commands, words, at);
    if (match) return match;
  }
  return undefined;
};

/** "cámbiale el nombre a Corregir planos": an infinitive or a capital says what it is to be called. */
const soundsNew = (f: Features, from: number): boolean => {
  const next = f.words[from + 1];
  if (formAt(f.words, from) !== 'a' || !next) return false;
  return (
    /^\p{Lu}/u.test(next.text) || infinitiveEnding.test(next.form) || /^["«“]$/.test(next.text)
  );
};
const newOnly = (from: number, end: number) => ({
  old: { start: from, end: from },
  fresh: { start: from + 1, end },
});

/** Where the new title begins: behind the last "por", "a" or "como" that is not the task's own. */
const splitAt = (f: Features, from: number): { old: Run; fresh: Run } | undefined => {
  const own = starters.has(formAt(f.words, from)) ? from + 1 : from;
  for (let at = own; at < f.words.length; at++)
    for (const parts of between) {
      const match = matchAt(parts, f.words, at);
      if (match)
        return { old: { start: from, end: at }, fresh: { start: match.end, end: f.words.length } };
    }
  return soundsNew(f, from) ? newOnly(from, f.words.length) : undefined;
};

/** "… porque va a llover" is no part of the new name. */
const beforeAside = (f: Features, run: Run): Run => {
  const aside = asidesIn(f.words, run.start).find(
    each => each.start > run.start && each.start < run.end,
  );
  return aside ? { ...run, end: aside.start } : run;
};

const trimmed = (f: Features, run: Run): string | undefined => {
  const quote = quoted(f.words, run.start);
  let { start, end } = quote ?? beforeAside(f, run);
  while (start < end && f.words[start]?.kind === 'mark') start++;
  while (end > start && [',', '.', ';', '!'].includes(f.words[end - 1]?.text ?? '')) end--;
  return end > start ? textOf(f, { start, end }).text : undefined;
};

/** "cámbiale el nombre al logo por logo final", "que se llame …", "renombra la segunda a …". */
export const newName = ({ features: f, tokens }: Clause, context: Context): Segment | undefined => {
  const command = commandIn(f);
  if (!command || f.question || (context.awaiting !== 'idle' && context.last === undefined))
    return undefined;
  const said = formAt(f.words, command.start);
  const calls = ['que', 'se', 'ahora', 'debe', 'deberia', 'tiene', 'tendria'].includes(said);
  if (calls && creates(f, command.start)) return undefined;
  const before: Run = { start: f.opening.end, end: command.start };
  const named =
    formAt(f.words, command.end - 2) === 'de' || formAt(f.words, command.end - 2) === 'por';
  const parts =
    calls || named
      ? { old: before, fresh: { start: command.end, end: f.words.length } }
      : (splitAt(f, command.end) ?? {
          old: { start: command.end, end: f.words.length },
          fresh: { start: 0, end: 0 },
        });
  return renamed(f, parts, tokens, context);
};

/** "crea una tarea que se llame …" names what is new. */
const creates = (f: Features, end: number): boolean =>
  f.words
    .slice(0, end)
    .some(w => w.verbs.some(v => v.acts.includes('create') || v.acts.includes('do'))) ||
  f.words.slice(0, end).some((w, at) => isNew(w.form, f.words[at - 1]?.form));
const isNew = (form: string, before: string | undefined): boolean =>
  ['nueva', 'nuevo', 'proyecto'].includes(form) ||
  (form === 'tarea' && ['una', 'otra', 'nueva'].includes(before ?? ''));

const renamed = (
  f: Features,
  { old, fresh }: { old: Run; fresh: Run },
  tokens: Clause['tokens'],
  context: Context,
): Segment => {
  const draft = new Draft(f);
  const team = { people: context.people, me: context.me };
  const references = findReferences(f.words.slice(0, old.end), team).filter(
    r => r.start >= old.start,
  );
  const title = references.length > 0 ? undefined : trimTitle(f.words, old, 'sought');
  if (title) draft.add(title, { entity: 'task_title', value: { title: textOf(f, title).text } });
  const reference = title
    ? {}
    : references.length > 0
      ? merged(references)
      : { pronoun: true as const };
  const said = { entities: draft.entities, reference };
  return {
    ...segment(tokens, 'update_status', 0.93, said),
    implied: { newTitle: trimmed(f, fresh) ?? '' },
  };
};
