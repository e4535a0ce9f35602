import type { Context, Entity, EntityValue } from '../model.ts';
import { asidesIn } from './asides.ts';
import { isFiller } from './bare-answers.ts';
import { findDates } from './dates/find.ts';
import { numberAt } from './dates/words.ts';
import { Draft, textOf } from './draft.ts';
import type { Features } from './features.ts';
import { leadBefore } from './features.ts';
import { isSure, namedTask } from './known-tasks.ts';
import { dateLeads } from './leads.ts';
import { memberAt, personAt, type Team } from './people.ts';
import { compile, longestAt, matchAt, scan, table } from './phrases.ts';
import type { Word } from './reader.ts';
import { findReferences, merged } from './references.ts';
import { formAt } from './text.ts';
import { type Run, trimTitle } from './titles.ts';
import {
  barePriorities,
  priorityLeads,
  priorityPhrases,
  priorityWords,
  statusLeads,
  statusPhrases,
} from './values.ts';

const padding = table<true>([
  [
    'no|si|mejor|perdon|perdona|disculpa|digo|quise|queria|realmente|en|realidad|decir|bueno|ok|pero|y|e|que|sea|pon|ponle|ponla|ponlo|poner|para|a|al|de|con|es|era|mas|bien|solo|dale|vale|creo|igual|entonces|pues|la|lo|el|haga|hace|tenga|cambia|cambialo|cambiala|cambiale|fecha|prioridad|estado|asignada|asignado|asigna|asignasela|asignaselo|asignala|asignalo|un|una|por|favor|porfa|tipo|como|sin|otro|otra|me|he|hemos|equivocado|confundido|equivoque|confundi|correccion|plazo|entrega|dicen|dijeron|avisaron|liado|hasta|era|eran|espera|esperate|espere|aguanta|quizas|tal|vez|seria|vence|vencen|venza|cae|quiero|venga|mismo|misma|propio|propia|lo|tambien|senor|senora|senorita|don|dona|companero|companera|colega|doctor|doctora|ingeniero|ingeniera|licenciado|licenciada|lic|ing|dr|dra|pasa|pasala|pasalo|ponselo|ponsela|dasela|daselo|dejalo|dejala|hagamos|hagamoslo|uy|ay|ah',
    true,
  ],
  [', | . | : | ; | ! | ? | ¿ | ¡ | -'.replaceAll(' ', ''), true],
]);

const correcting = table<true>([
  ['no|mejor|perdon|perdona|disculpa|digo|quise|corrijo|correccion', true],
  ['en realidad', true],
  ['que digo', true],
  ['me equivoque|confundi', true],
  ['me|nos he|hemos liado|equivocado|confundido', true],
  ['ay|uy|ah|ups perdon|no', true],
]);

const samePhrase = table<true>([
  ['lo mismo', true],
  ['igual para|con|a', true],
  ['otra igual', true],
  ['same for', true],
  ['haz|hace|repite lo mismo', true],
]);

export const sameIn = (words: readonly Word[]) => scan(samePhrase, words);
export const isSame = (words: readonly Word[]): boolean => scan(samePhrase, words).length > 0;
export const isCorrection = (words: readonly Word[]): boolean =>
  longestAt(correcting, words, 0) !== undefined ||
  words.some(
    (w, at) =>
      words[at - 1]?.kind === 'mark' &&
      (w.form === 'mejor' || (at < 5 && longestAt(correcting, words, at) !== undefined)),
  );

type Wanted = { name: boolean; bare: boolean };

/** All that a short answer may hold, whatever was asked: day, person, status, priority, which task. */
export const gather = (f: Features, context: Context, wanted: Wanted) => {
  const draft = new Draft(f);
  const team = { people: context.people, me: context.me };
  takeRefused(draft);
  for (const { start, end } of asidesIn(f.words, 0))
    if (formAt(f.words, start) === ',' && ['que', 'porque'].includes(formAt(f.words, start + 1)))
      draft.take(start, end);
  if (!isPlace(f, context)) takeDate(draft, context);
  takePriority(draft, wanted.bare);
  takeStatus(draft, wanted.bare);
  takePerson(draft, team, wanted.name);
  takeEmail(draft);
  const references = findReferences(f.words, team).filter(
    r => !draft.taken.slice(r.start, r.end).some(Boolean),
  );
  for (const each of references) draft.take(each.start, each.end);
  return { draft, reference: merged(references) };
};

/** "el 2", where one of several tasks is asked for, is the second of them. */
const isPlace = ({ words }: Features, { awaiting }: Context): boolean =>
  awaiting === 'awaiting_task' &&
  words
    .filter(w => w.kind !== 'mark' && !isFiller(w))
    .every(w => w.kind === 'number' || ['el', 'la', 'los', 'las', 'numero'].includes(w.form));

/** "a Luis no, a Francisco": whom it is not to be says nothing more. */
const takeRefused = (draft: Draft): void => {
  const { words, members } = draft.features;
  for (const { start, end } of members) {
    const instead = refusals.find(
      parts => matchAt(parts, words, start - parts.length)?.end === start,
    );
    if (instead) {
      draft.take(start - instead.length, end + (words[end]?.form === 'sino' ? 1 : 0));
      continue;
    }
    const last = words[end + 1];
    if (words[end]?.form !== 'no' || !last || last.kind === 'word') continue;
    draft.take(words[start - 1]?.form === 'a' ? start - 1 : start, end + 1);
  }
};

const refusals = ['en vez de', 'en lugar de', 'no era', 'no es', 'no a', 'no para'].map(compile);

type Place = { start: number; end: number; from: number; tail?: number };

const put = (draft: Draft, { start, end, from, tail = end }: Place, found: EntityValue): void => {
  draft.take(from, tail);
  draft.add({ start, end }, found);
};

const takeDate = (draft: Draft, context: Context): void => {
  const { words } = draft.features;
  const dates = findDates(words, context.now, context.timezone);
  const meant = dates.filter(each => !draft.taken[each.start] && !isRefusedDay(words, each));
  for (const { start, tail } of dates) if (meant.length > 0) draft.take(start, tail);
  const date = meant.at(-1) ?? dates.at(-1) ?? bareDay(words, context);
  if (!date) return;
  const from = leadBefore(dateLeads, words, date.start);
  put(draft, { ...date, from }, { entity: 'due_date', value: date.value });
};

/** "hoy no, dentro de tres días". */
const isRefusedDay = (words: readonly Word[], { tail }: { tail: number }): boolean =>
  formAt(words, tail) === 'no' && words[tail + 1]?.kind === 'mark';

/** "20" after "¿para cuándo?" is a day of the month. */
const bareDay = (words: readonly Word[], context: Context) => {
  if (context.awaiting !== 'awaiting_due_date') return undefined;
  const at = words.findIndex((_, i) => numberAt(words, i));
  const number = at >= 0 ? numberAt(words, at) : undefined;
  if (!number || words.length > at + number.length + 1) return undefined;
  const lead = { text: 'el', form: 'el', start: 0, end: 0, kind: 'word' as const };
  const day = { ...lead, text: 'dia', form: 'dia' };
  const [found] = findDates(
    [lead, day, ...words.slice(at, at + number.length)],
    context.now,
    context.timezone,
  );
  return found && { ...found, start: at, end: at + number.length, tail: at + number.length };
};

const takePriority = (draft: Draft, bare: boolean): void => {
  const { words } = draft.features;
  const found =
    scan(priorityPhrases, words).at(-1) ?? (bare ? scan(barePriorities, words).at(-1) : undefined);
  if (!found) return;
  const from = leadBefore(priorityLeads, words, found.start);
  const shown = priorityWords(words, found);
  put(
    draft,
    { ...shown, from, tail: found.end },
    { entity: 'priority', value: { priority: found.meaning } },
  );
};

const takeStatus = (draft: Draft, bare: boolean): void => {
  const { words } = draft.features;
  const found = scan(statusPhrases, words).findLast(
    m =>
      !draft.taken[m.start] &&
      (bare || !m.meaning.needsLead || leadBefore(statusLeads, words, m.start) < m.start),
  );
  if (!found) return;
  const from = leadBefore(statusLeads, words, found.start);
  put(draft, { ...found, from }, { entity: 'status', value: { status: found.meaning.status } });
};

const corrections = new Set(['no', 'perdon', 'perdona', 'digo', 'mejor', 'corrijo']);

/** "Ana. No, perdona, Luis": only the name behind the correction counts, where there is one. */
const afterCorrection = (words: readonly Word[], team: Team): number => {
  const at = words.findLastIndex(w => corrections.has(w.form)) + 1;
  return words.slice(at).some((_, i) => memberAt(words, at + i, team)) ? at : 0;
};

const takePerson = (draft: Draft, team: Team, named: boolean): void => {
  const { words } = draft.features;
  const strong = draft.features.assignees.findLast(a => a.strong && !draft.taken[a.person.start]);
  if (strong)
    return put(
      draft,
      { ...strong.person, from: strong.start, tail: strong.end },
      { entity: 'assignee', value: strong.person.value },
    );
  const short = words.length <= 4;
  const known = words.findIndex((_, i) => !draft.taken[i] && memberAt(words, i, team));
  for (let at = Math.max(known, afterCorrection(words, team)); at < words.length; at++) {
    if (draft.taken[at] || (words[at - 1]?.form === 'de' && !named)) continue;
    const person =
      memberAt(words, at, team) ??
      (named && short && !isPadding(words, at)
        ? personAt(words, at, team)
        : selfOnly(words, at, team));
    if (!person) continue;
    return put(draft, { ...person, from: at }, { entity: 'assignee', value: person.value });
  }
};

const takeEmail = (draft: Draft): void => {
  const at = draft.features.words.findIndex(w => w.kind === 'email');
  const word = draft.features.words[at];
  if (!word) return;
  const value = { email: word.text.toLowerCase() };
  put(draft, { start: at, end: at + 1, from: at }, { entity: 'email', value });
};

const selfOnly = (words: readonly Word[], at: number, team: Team) =>
  ['yo', 'mi'].includes(words[at]?.form ?? '') ? personAt(words, at, team) : undefined;

const isPadding = (words: readonly Word[], at: number): boolean =>
  longestAt(padding, words, at) !== undefined && !/^\p{Lu}\p{Ll}/u.test(words[at]?.text ?? '');

/** Nothing but the values themselves and words of courtesy or correction. */
export const isFragment = (draft: Draft): boolean =>
  draft.entities.length > 0 &&
  draft.features.words.every(
    (w, at) =>
      draft.taken[at] ||
      at < draft.features.opening.end ||
      w.kind === 'mark' ||
      isPadding(draft.features.words, at),
  );

/** The title that is named, or else the first words that nothing else has claimed. */
export const titleOf = (
  f: Features,
  draft: Draft,
  kind: 'new' | 'sought',
  titles: readonly string[] = [],
): Entity | undefined => {
  const known = namedTask(
    f.words,
    draft.taken.map(taken => !taken),
    titles,
  );
  if (isSure(known)) return entitled(draft, known);
  const start = draft.taken.indexOf(false);
  if (start < 0) return undefined;
  let end = start;
  while (end < f.words.length && !draft.taken[end]) end++;
  const run = trimTitle(f.words, { start, end }, kind);
  return run && entitled(draft, run);
};
const entitled = (draft: Draft, run: Run): Entity | undefined => {
  const title = textOf(draft.features, run).text;
  draft.add(run, { entity: 'task_title', value: { title } });
  return draft.entities.at(-1);
};
