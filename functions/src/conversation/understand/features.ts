import type { Context, TaskPriority, TaskStatus } from '../model.ts';
import { type FoundAssignee, findAssignees } from './assignees.ts';
import { offTopic, questionWords } from './cues.ts';
import { type FoundDate, findDates } from './dates/find.ts';
import { dateLeads } from './leads.ts';
import type { Thing } from './lexicon.ts';
import { type Opening, openings } from './openings.ts';
import { type FoundPerson, memberAt } from './people.ts';
import { longestAt, type Match, scan, type Table } from './phrases.ts';
import { read, readLoosely, type VerbReading, type Word } from './reader.ts';
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

export type Head = {
  at: number;
  verbs: VerbReading[];
  /** Mistyped, and taken for the nearest command. */
  loose: boolean;
  clitics: string[];
  /** What it acts on stands before it: "la segunda pásala al lunes". */
  fronted?: true;
};

/** Everything that the rules look at, found once for a clause. Positions are word indexes. */
export type Features = {
  words: Word[];
  opening: { end: number; wish: boolean; duty: boolean };
  question: boolean;
  head: Head | undefined;
  dates: Span<FoundDate['value']>[];
  assignees: FoundAssignee[];
  statuses: Span<TaskStatus>[];
  priorities: Span<TaskPriority>[];
  /** The noun that the head verb acts on. */
  object: { at: number; thing: Thing } | undefined;
  things: ReadonlySet<Thing>;
  offTopic: boolean;
  /** Whether a project that the person has is named. */
  namesProject: boolean;
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

const proclitics = new Set('me te se nos le les lo la los las os'.split(' '));

/** Words that open a wish and, as the last word, are an answer of their own. */
const notAlone = new Set(['va', 'listo', 'vamos', 'tu']);

/** "¿puedes marcar …?" asks for the deed, not for an answer. */
const asksFavour = (words: readonly Word[], from: number, head: Head | undefined): boolean => {
  if (!head || head.fronted || questionWords.has(formAt(words, from))) return false;
  return from > 0 && head.verbs.some(v => v.form === 'inf' || v.form === 'imp' || v.form === 'ger');
};

const reports = new Set<Act>(['finish', 'start', 'block']);

/** "Ana ya terminó el informe": a member did it. */
const reportedHead = (
  words: readonly Word[],
  from: number,
  members: readonly FoundPerson[],
): Head | undefined => {
  const person = members.find(each => each.start === from);
  const head = person && headOf(words, person.end);
  return head?.verbs.some(v => v.acts.some(act => reports.has(act))) ? head : undefined;
};

const isNamed = (words: readonly Word[], name: string): boolean => {
  const parts = fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  if (parts.length === 0) return false;
  return words.some((_, at) => parts.every((part, k) => words[at + k]?.form === part));
};

/** A command with its pronoun, behind the object that the pronoun takes up again. */
const frontedHead = (words: readonly Word[], from: number): Head | undefined => {
  const commands = (word: Word): VerbReading[] =>
    word.verbs.filter(v => v.form === 'imp' && v.clitics.some(c => c.startsWith('l')));
  const at = words.findIndex((word, i) => i > from && commands(word).length > 0);
  const word = words[at];
  if (!word) return undefined;
  const verbs = commands(word);
  const clitics = [...new Set(verbs.flatMap(v => v.clitics))];
  return { at, verbs, loose: false, clitics, fronted: true };
};

const articles = new Set(['el', 'la', 'lo', 'los', 'las', 'un', 'prioridad', 'fecha']);

const lacks = new Set(['falta', 'faltaria']);

/** "falta el permiso" tells what is missing, "falta pedir el permiso" what is to be done. */
const tellsOfLack = (words: readonly Word[], { end, meaning }: Match & { meaning: Opening }) =>
  meaning === 'duty' && lacks.has(formAt(words, end - 1)) && articles.has(formAt(words, end));

const openingAt = (words: readonly Word[], at: number) => {
  const match = longestAt(openings, words, at);
  // "dale" agrees, but "dale el informe" hands over.
  if (formAt(words, at) === 'dale' && articles.has(formAt(words, at + 1))) return undefined;
  if (match && tellsOfLack(words, match)) return undefined;
  if (match)
    return notAlone.has(formAt(words, at)) && match.end === words.length ? undefined : match;
  const word = words[at];
  const mark = word?.kind === 'mark' && word.text !== '@' && word.text !== '#';
  return mark ? { end: at + 1, meaning: 'polite' as const } : undefined;
};

const openingOf = (words: readonly Word[]): Features['opening'] => {
  const opening = { end: 0, wish: false, duty: false };
  for (;;) {
    const match = openingAt(words, opening.end);
    if (!match) return opening;
    opening.wish ||= match.meaning === 'wish';
    opening.duty ||= match.meaning === 'duty';
    opening.end = match.end;
  }
};

const preposed = new Set(['en', 'de', 'con', 'a', 'para']);

const isQuestion = (words: readonly Word[], from: number): boolean => {
  if (words.some(w => w.text === '?' || w.text === '¿')) return true;
  // "dime si está hecha" asks, "a ver si me creas …" does not.
  if (formAt(words, from - 1) === 'si' && formAt(words, from - 2) !== 'ver') return true;
  const at = preposed.has(formAt(words, from)) ? from + 1 : from;
  if (!questionWords.has(formAt(words, at))) return false;
  return words[at]?.text !== 'que' || at !== from || isAsking(words, from);
};

const askingVerbs = new Set(
  'tengo tiene tenemos tienen hay falta faltan queda quedan quedo quedaron toca hace esta estan sigue va paso pasa puede anda hizo onda estado vence hacemos'.split(
    ' ',
  ),
);

/** "que la haga Ana" is a wish, "que tareas hay" a question typed without its accent. */
const isAsking = (words: readonly Word[], from: number): boolean => {
  const next = words[from + 1];
  if (!next || next.thing || askingVerbs.has(next.form)) return true;
  return proclitics.has(next.form) && formAt(words, from + 2) === 'toca';
};

const skipped = new Set(['ya', 'no', 'que', 'recien', 'aun', 'todavia']);

/** The verb that the clause turns on, with the pronouns before and behind it. */
const headOf = (words: readonly Word[], from: number): Head | undefined => {
  const before: string[] = [];
  let at = from;
  for (; at < from + 5; at++) {
    const form = formAt(words, at);
    if (proclitics.has(form)) before.push(form);
    else if (!skipped.has(form)) break;
  }
  const word = words[at];
  if (!word) return undefined;
  const loose = word.verbs.length === 0 && !word.thing;
  const { verbs } = loose ? readLoosely(word) : word;
  if (verbs.length === 0) return undefined;
  return { at, verbs, loose, clitics: [...new Set([...before, ...verbs.flatMap(v => v.clitics)])] };
};

const describing = new Set(
  'alta una un la el otra otro nueva nuevo mi mis las los unas unos dos tres varias varios nuevas nuevos esta este esa ese tu su siguiente siguientes todas todos mas a al de del en como rapida rapido pequena urgente my the new an'.split(
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

const statusesOf = (words: readonly Word[]): Span<TaskStatus>[] =>
  spans(scan(statusPhrases, words), statusLeads, words)
    .filter(span => !span.value.needsLead || span.from < span.start)
    .map(span => ({ ...span, value: span.value.status }));

const datesOf = (words: readonly Word[], context: Context): Span<FoundDate['value']>[] =>
  findDates(words, context.now, context.timezone)
    .map(date => ({
      start: date.start,
      end: date.tail,
      shown: date.end,
      from: leadBefore(dateLeads, words, date.start),
      value: date.value,
    }))
    .filter(date => date.from < date.start || !describesNoun(words, date.start));

/** "la demo del viernes" names a demo; "las tareas de hoy" and "la fecha del viernes" speak of days. */
const describesNoun = (words: readonly Word[], at: number): boolean =>
  ['de', 'del'].includes(words[at - 1]?.form ?? '') && words[at - 2]?.thing === undefined;

export const featuresOf = (tokens: readonly Token[], context: Context): Features => {
  const words = tokens.map(read);
  const opening = openingOf(words);
  const team = { people: context.people, me: context.me };
  const members = words.flatMap((_, at) => memberAt(words, at, team) ?? []);
  const head =
    headOf(words, opening.end) ??
    reportedHead(words, opening.end, members) ??
    frontedHead(words, opening.end);
  return {
    words,
    opening,
    question: isQuestion(words, opening.end) && !asksFavour(words, opening.end, head),
    head,
    dates: datesOf(words, context),
    assignees: findAssignees(words, team),
    statuses: statusesOf(words),
    priorities: prioritiesOf(words),
    object: objectOf(words, head ? head.at + 1 : opening.end),
    things: new Set(words.flatMap(word => word.thing ?? [])),
    offTopic: scan(offTopic, words).length > 0,
    namesProject: context.projects.some(project => isNamed(words, project.name)),
    members,
  };
};

export const hasAct = (features: Features, ...acts: Act[]): boolean =>
  features.head?.verbs.some(verb => verb.acts.some(act => acts.includes(act))) ?? false;
