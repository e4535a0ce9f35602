import type { FoundPerson } from './people.ts';
import { readLoosely, type VerbReading, type Word } from './reader.ts';
import { formAt } from './text.ts';
import type { Act } from './verb-list.ts';

export type Head = {
  at: number;
  verbs: VerbReading[];
  /** Mistyped, and taken for the nearest command. */
  loose: boolean;
  clitics: string[];
  /** What it acts on stands before it: "la segunda pásala al lunes". */
  fronted?: true;
};

export const proclitics = new Set('me te se nos le les lo la los las os'.split(' '));

const reports = new Set<Act>(['finish', 'start', 'block', 'put', 'take', 'do']);

/** "Ana ya terminó el informe", "Luis la mandó a revisión": a member did it. */
export const reportedHead = (
  words: readonly Word[],
  from: number,
  members: readonly FoundPerson[],
): Head | undefined => {
  const person = members.find(each => each.start === from);
  const head = person && headOf(words, person.end);
  const tells = head?.verbs.some(
    v => v.form !== 'imp' && v.form !== 'inf' && v.acts.some(act => reports.has(act)),
  );
  return tells ? head : undefined;
};

const orders = new Set(['imp', 'subj']);

/** A command with its pronoun, behind the object that the pronoun takes up again. */
export const frontedHead = (words: readonly Word[], from: number): Head | undefined => {
  const commands = (word: Word): VerbReading[] =>
    word.verbs.filter(v => orders.has(v.form) && v.clitics.some(c => c.startsWith('l')));
  const at = words.findIndex((word, i) => i > from && commands(word).length > 0);
  const word = words[at];
  if (!word) return undefined;
  const verbs = commands(word);
  const clitics = [...new Set(verbs.flatMap(v => v.clitics))];
  return { at, verbs, loose: false, clitics, fronted: true };
};

const skipped = new Set(['ya', 'no', 'que', 'recien', 'aun', 'todavia']);

/** "las muestras" are things, though "muestras" shows too. */
const isNoun = (verbs: readonly VerbReading[]): boolean =>
  verbs.every(v => v.form === 'pres' && v.acts.includes('show'));

/** "pasado mañana" is a day. */
const isDay = (words: readonly Word[], at: number): boolean =>
  formAt(words, at) === 'pasado' && formAt(words, at + 1) === 'manana';

/** The verb that the clause turns on, with the pronouns before and behind it. */
export const headOf = (words: readonly Word[], from: number): Head | undefined => {
  const before: string[] = [];
  let at = from;
  for (; at < from + 5; at++) {
    const form = formAt(words, at);
    if (proclitics.has(form)) before.push(form);
    else if (!skipped.has(form)) break;
  }
  const word = words[at];
  if (!word || isDay(words, at)) return undefined;
  // Behind an article a word is a noun, however near it comes to a command.
  const loose = word.verbs.length === 0 && !word.thing && before.length === 0;
  const { verbs } = loose ? readLoosely(word) : word;
  if (verbs.length === 0 || (before.length > 0 && isNoun(verbs))) return undefined;
  return { at, verbs, loose, clitics: [...new Set([...before, ...verbs.flatMap(v => v.clitics)])] };
};
