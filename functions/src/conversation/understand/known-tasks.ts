import { affinity, similarity, wordsOf } from '../similarity.ts';
import { fillers } from './lexicon.ts';
import type { Word } from './reader.ts';
import type { Run } from './titles.ts';

/** How near a word must come to one of a title: the same stem, a beginning or a slip of the finger. */
const near = 0.8;
const shortest = 3;

/** From this score on a title is taken as named for certain. */
export const surely = 0.7;
export const isSure = (named: NamedTask | undefined): named is NamedTask =>
  named !== undefined && named.score >= surely;

/** So many titles are looked at; with more, what fits none of them may name one of the others. */
const limit = 200;
/** Whether all titles that there are can be looked at. */
export const knowsAll = (titles: readonly string[] | undefined): titles is readonly string[] =>
  titles !== undefined && titles.length < limit;

export type NamedTask = Run & {
  /** Similarity of what was said to the title, 0 to 1. */
  score: number;
};

/** Words of titles by their first letter, each with the titles that it is in. */
type Index = {
  byLetter: Map<string, Map<string, number[]>>;
  /** Which titles a word may stand for, as far as it was asked. */
  asked: Map<string, ReadonlySet<number>>;
};

// The same titles are looked at for every clause of a message.
const indexes = new WeakMap<readonly string[], Index>();

const indexOf = (titles: readonly string[]): Index => {
  const known = indexes.get(titles);
  if (known) return known;
  const byLetter: Index['byLetter'] = new Map();
  for (const [at, title] of titles.entries())
    for (const word of new Set(wordsOf(title))) {
      const words = byLetter.get(word[0] ?? '') ?? new Map<string, number[]>();
      byLetter.set(word[0] ?? '', words.set(word, [...(words.get(word) ?? []), at]));
    }
  const index = { byLetter, asked: new Map() };
  indexes.set(titles, index);
  return index;
};

const none: ReadonlySet<number> = new Set();

const titlesWith = ({ byLetter, asked }: Index, form: string): ReadonlySet<number> => {
  const before = asked.get(form);
  if (before) return before;
  const found = new Set<number>();
  for (const [word, places] of byLetter.get(form[0] ?? '') ?? [])
    if (affinity(form, word) >= near) for (const place of places) found.add(place);
  asked.set(form, found);
  return found;
};

const carries = ({ kind, form }: Word): boolean =>
  (kind === 'number' || (kind === 'word' && form.length >= shortest)) && !fillers.has(form);

/** What each word may stand for; nothing where it is spoken for or says nothing. */
const readings = (words: readonly Word[], free: readonly boolean[], titles: readonly string[]) => {
  const index = indexOf(titles);
  return words.map((word, at) => (free[at] && carries(word) ? titlesWith(index, word.form) : none));
};

/** The words that stand for words of one title, with at most one stranger between two. */
const stretches = (
  words: readonly Word[],
  free: readonly boolean[],
  fits: (at: number) => boolean,
) => {
  const runs: Run[] = [];
  let run: Run | undefined;
  let strangers = 0;
  for (const [at, word] of words.entries()) {
    const broken = !free[at] || word.kind === 'mark';
    if (broken || (carries(word) && !fits(at) && ++strangers > 1)) run = undefined;
    else if (fits(at)) {
      if (run) run.end = at + 1;
      else runs.push((run = { start: at, end: at + 1 }));
      strangers = 0;
    }
  }
  return runs;
};

const weight = (words: readonly Word[], { start, end }: Run): number =>
  words.slice(start, end).reduce((sum, w) => sum + (fillers.has(w.form) ? 0 : w.form.length), 0);

const formsOf = (words: readonly Word[], { start, end }: Run): string =>
  words
    .slice(start, end)
    .map(w => w.form)
    .join(' ');

/** "la línea C": a letter that the title has in that place tells it from the others. */
const labelled = (words: readonly Word[], run: Run, title: string): Run => {
  const next = words[run.end];
  const label = next?.kind === 'word' && next.form.length < shortest && !fillers.has(next.form);
  return label && wordsOf(title).includes(next.form) ? { ...run, end: run.end + 1 } : run;
};

/**
 * Where a clause names a task of the project, found by the titles themselves: the stretch of words
 * that says most of one. Words that are spoken for (`free` is false) do not count.
 */
export const namedTask = (
  words: readonly Word[],
  free: readonly boolean[],
  titles: readonly string[],
): NamedTask | undefined => {
  const places = readings(words, free, titles);
  let best: NamedTask | undefined;
  let most = 0;
  for (const index of new Set(places.flatMap(found => [...found])))
    for (const stretch of stretches(words, free, at => places[at]?.has(index) ?? false)) {
      const run = labelled(words, stretch, titles[index] ?? '');
      const said = weight(words, run);
      const score = said < shortest ? 0 : similarity(formsOf(words, run), titles[index] ?? '');
      if (said * score <= most) continue;
      best = { ...run, score };
      most = said * score;
    }
  return best;
};
