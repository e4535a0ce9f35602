import type { Context, TaskPriority, TaskStatus } from '../model.ts';
import { type FoundAssignee, findAssignees } from './assignees.ts';
import { type FoundDate, findDates } from './dates/find.ts';
import { frontedHead, type Head, headOf, reportedHead } from './head.ts';
import { type NamedTask, namedTask } from './known-tasks.ts';
import { dateLeads } from './leads.ts';
import { fillers, type Thing } from './lexicon.ts';
import { type FoundOpening, openingOf } from './opening-of.ts';
import { type FoundPerson, memberAt } from './people.ts';
import { longestAt, type Match, scan, type Table, table } from './phrases.ts';
import { asksFavour, isQuestion } from './question.ts';
import { rankIn } from './ranks.ts';
import { read, readLoosely, type Word } from './reader.ts';
import { offTopic } from './subjects.ts';
import { fold, formAt, type Token } from './text.ts';
import {
  barePriorities,
  priorityLeads,
  priorityPhrases,
  statusLeads,
  statusPhrases,
} from './values.ts';
import type { Act } from './verb-list.ts';

export type Span<T> = { start: number; end: number; from: number; value: T; shown?: number };

/** Everything that the rules look at, found once for a clause. Positions are word indexes. */
export type Features = {
  words: Word[];
  opening: FoundOpening;
  question: boolean;
  head: Head | undefined;
  dates: Span<FoundDate['value']>[];
  assignees: FoundAssignee[];
  statuses: Span<TaskStatus>[];
  /** Statuses that tell which tasks are meant: "pasa las bloqueadas a urgente". */
  filters: Span<TaskStatus>[];
  priorities: Span<TaskPriority>[];
  /** The noun that the head verb acts on. */
  object: { at: number; thing: Thing } | undefined;
  things: ReadonlySet<Thing>;
  offTopic: boolean;
  /** Whether a project that the person has is named. */
  namesProject: boolean;
  /** Whether a word of such a name is there: "vuelve al de pisco". */
  hintsProject: boolean;
  /** Where a task that there is is named, told by its title. */
  named: NamedTask | undefined;
  /** Where members are named exactly, whatever the sentence. */
  members: readonly FoundPerson[];
};

/** The position where a lead ("para", "antes del") before `at` begins, or `at` without one. */
export const leadBefore = (leads: Table<true>, words: readonly Token[], at: number): number => {
  const from = Math.max(0, at - 6);
  const window = words.slice(from, at);
  for (let start = 0; start < window.length; start++)
    if (longestAt(leads, window, start)?.end === window.length) return from + start;
  return at;
};

/** Where a word stands that only means something in the name of a project. */
export const hintAt = (words: readonly Word[], name: string): number => {
  const parts = new Set(
    fold(name)
      .split(/[^\p{L}\p{N}]+/u)
      .filter(part => part.length > 2 && !fillers.has(part)),
  );
  return words.findIndex(w => parts.has(w.form) && w.verbs.length === 0 && !w.thing);
};

const isNamed = (words: readonly Word[], name: string): boolean => {
  const parts = fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  if (parts.length === 0) return false;
  return words.some((_, at) => parts.every((part, k) => words[at + k]?.form === part));
};

const describing = new Set(
  'porfis porfa por favor aca aqui ahi ahora alta una un la el otra otro nueva nuevo mi mis las los unas unos dos tres varias varios nuevas nuevos esta este esa ese tu su siguiente siguientes todas todos mas a al de del en rapida rapido pequena urgente my the new an'.split(
    ' ',
  ),
);

const objectOf = (words: readonly Word[], from: number): Features['object'] => {
  for (let at = from; at < Math.min(words.length, from + 6); at++) {
    const word = words[at];
    if (!word) return undefined;
    const thing = word.thing ?? readLoosely(word).thing;
    if (thing) return { at, thing };
    if (!describing.has(word.form) && word.kind !== 'number') return undefined;
  }
  return undefined;
};

const spans = <T>(
  matches: (Match & { meaning: T })[],
  leads: Table<true>,
  words: readonly Word[],
): Span<T>[] =>
  matches.map(m => ({
    start: m.start,
    end: m.end,
    from: leadBefore(leads, words, m.start),
    value: m.meaning,
  }));

const prioritiesOf = (words: readonly Word[]): Span<TaskPriority>[] => {
  const full = spans(scan(priorityPhrases, words), priorityLeads, words);
  const named = words.some(w => w.thing === 'priority');
  if (full.length > 0 || !named) return full;
  const at = words.findIndex(w => w.thing === 'priority');
  const bare = spans(scan(barePriorities, words), priorityLeads, words);
  return bare.filter(span => span.start > at);
};

/** In "mancuernas listo" the last word says it all. */
const closes = (words: readonly Word[], { end }: { end: number }): boolean =>
  ready.test(formAt(words, end - 1)) && words.slice(end).every(w => w.kind === 'mark');

const ready = /^list[oa]s?$/;

/** "en la lista" is where tasks stand, not how. */
const isList = (words: readonly Word[], { start }: { start: number }): boolean =>
  formAt(words, start) === 'lista' &&
  ['la', 'una', 'mi', 'tu', 'su'].includes(formAt(words, start - 1));

/** "lo que falta por hacer" is whatever is open, not only what nobody began. */
const isOpenWork = (words: readonly Word[], { start }: { start: number }): boolean =>
  formAt(words, start) === 'por' && /^(?:falta|queda|hay)n?$/.test(formAt(words, start - 1));

const statusesOf = (words: readonly Word[], alone: boolean): Span<TaskStatus>[] =>
  spans(scan(statusPhrases, words), statusLeads, words)
    .filter(s => !s.value.needsLead || s.from < s.start || (alone && closes(words, s)))
    .filter(s => !isOpenWork(words, s) && !isList(words, s))
    .map(span => ({ ...span, value: span.value.status }));

/** Which tasks or which status: a plural with its article picks, where something else is to be changed. */
const splitStatuses = (
  words: readonly Word[],
  found: Span<TaskStatus>[],
  values: number,
): Pick<Features, 'statuses' | 'filters'> => {
  const picks = ({ start }: Span<TaskStatus>): boolean =>
    ['las', 'los'].includes(formAt(words, start - 1)) ||
    /^est[ae]n$/.test(formAt(words, start - 1));
  const filters = values > 0 || found.length > 1 ? found.filter(picks) : [];
  return { filters, statuses: found.filter(span => !filters.includes(span)) };
};

const datesOf = (words: readonly Word[], context: Context): Span<FoundDate['value']>[] =>
  findDates(words, context.now, context.timezone)
    .map(date => ({
      start: date.start,
      end: date.tail,
      shown: date.end,
      from: leadBefore(dateLeads, words, date.start),
      value: date.value,
    }))
    .filter(date => date.from < date.start || !describesNoun(words, date.start))
    .filter(date => !isUrgency(words, date.start))
    .filter((date, _, all) => all.length === 1 || !isRefused(words, date.from))
    .filter((date, at, all) => at === all.length - 1 || !isTakenBack(words, date.end));

/** "es para el 20, no para el 13": which day it is not. */
const isRefused = (words: readonly Word[], at: number): boolean =>
  formAt(words, at - 1) === 'no' ||
  words.slice(Math.max(0, at - 2), at).some(w => w.form === 'vez' || w.form === 'lugar');

/** "para el sábado, no, para el lunes". */
const isTakenBack = (words: readonly Word[], end: number): boolean =>
  formAt(words, end) === ',' && ['no', 'digo', 'perdon', 'mejor'].includes(formAt(words, end + 1));

/** "es para ayer" is how urgent it is, not a day. */
const isUrgency = (words: readonly Word[], at: number): boolean =>
  formAt(words, at) === 'ayer' &&
  formAt(words, at - 1) === 'para' &&
  being.has(formAt(words, at - 2));

const being = new Set(['es', 'era', 'son', 'eran', 'urge', 'como']);

/** "la demo del viernes" names a demo; "las tareas de hoy" and "la fecha del viernes" speak of days. */
const describesNoun = (words: readonly Word[], at: number): boolean =>
  ['de', 'del'].includes(words[at - 1]?.form ?? '') &&
  words[at - 2]?.thing === undefined &&
  !finished.test(formAt(words, at - 2));

const finished = /^(?:hech|terminad|cerrad|completad|finalizad|entregad|vencid|atrasad)[oa]s$/;

/** "Lucas dice que ya lo reservó": who says so leads up to what is said. */
const reportedBy = (
  members: readonly FoundPerson[],
  words: readonly Word[],
  opening: FoundOpening,
): FoundOpening => {
  const person = members.find(each => each.start === opening.end);
  const said = person && longestAt(saying, words, person.end);
  return said ? { ...opening, end: said.end } : opening;
};
const saying = table<true>([
  [
    'me|nos|te? dice|dijo|avisa|aviso|confirma|confirmo|comenta|comento|cuenta|conto|escribio que',
    true,
  ],
]);

export const featuresOf = (tokens: readonly Token[], context: Context): Features => {
  const words = tokens.map(read);
  const team = { people: context.people, me: context.me };
  const members = words.flatMap((_, at) => memberAt(words, at, team) ?? []);
  const opening = reportedBy(members, words, openingOf(words));
  const head =
    headOf(words, opening.end) ??
    reportedHead(words, opening.end, members) ??
    frontedHead(words, opening.end);
  const dates = datesOf(words, context);
  const superlative = rankIn(words);
  const priorities = prioritiesOf(words).filter(
    ({ start, end }) => !superlative || end <= superlative.start || superlative.end <= start,
  );
  const values = dates.length + priorities.length;
  const found = {
    words,
    opening,
    question: isQuestion(words, opening.end, members) && !asksFavour(words, opening.end, head),
    head,
    dates,
    assignees: findAssignees(words, team),
    ...splitStatuses(words, statusesOf(words, !head && opening.end < words.length - 1), values),
    priorities,
    object: objectOf(words, head ? head.at + 1 : opening.end),
    things: new Set(words.flatMap(word => word.thing ?? [])),
    offTopic: scan(offTopic, words).some(
      m => !members.some(p => p.start <= m.start && m.start < p.end),
    ),
    namesProject: context.projects.some(project => isNamed(words, project.name)),
    hintsProject: context.projects.some(project => hintAt(words, project.name) >= 0),
    members,
  };
  return { ...found, named: namedIn(found, context.titles ?? []) };
};

/** The task that is named, among the words that are neither the command nor a value. */
const namedIn = (f: Omit<Features, 'named'>, titles: readonly string[]): NamedTask | undefined => {
  const spoken = [...f.dates, ...f.statuses, ...f.priorities, ...f.members];
  const free = f.words.map(
    (w, at) =>
      at >= f.opening.end &&
      at !== f.head?.at &&
      w.thing === undefined &&
      !spoken.some(span => span.start <= at && at < span.end),
  );
  return namedTask(f.words, free, titles);
};

/** Whether its verb is an imperative: "ciérrala". */
export const commands = ({ head }: Features): boolean =>
  head?.verbs.some(v => v.form === 'imp') ?? false;

export const hasAct = (features: Features, ...acts: Act[]): boolean =>
  features.head?.verbs.some(verb => verb.acts.some(act => acts.includes(act))) ?? false;
