import { affinity, similarity, wordsOf } from '../similarity.ts';
import { fillers } from './lexicon.ts';
import type { Word } from './reader.ts';
import type { Run } from './titles.ts';

/** How near a word must come to one of a title: the same stem, a beginning or a slip of the finger. */
const near = 0.8;
const shortest = 3;

export type NamedTask = Run & {
  /** Similarity of what was said to the title, 0 to 1. */
  score: number;
};

type Titles = readonly (readonly string[])[];

// The same titles are looked at for every clause of a message.
const folded = new WeakMap<readonly string[], Titles>();

const wordsOfAll = (titles: readonly string[]): Titles => {
  const known = folded.get(titles);
  if (known) return known;
  const words = titles.map(wordsOf);
  folded.set(titles, words);
  return words;
};

const carries = (word: Word, free: boolean): boolean =>
  free &&
  (word.kind === 'number' || (word.kind === 'word' && word.form.length >= shortest)) &&
  !fillers.has(word.form);

/** The words of the clause that stand for words of one title, with at most one stranger between two. */
const stretches = (
  words: readonly Word[],
  free: readonly boolean[],
  title: readonly string[],
): Run[] => {
  const runs: Run[] = [];
  let run: Run | undefined;
  let strangers = 0;
  for (const [at, word] of words.entries()) {
    if (!free[at] || word.kind === 'mark') {
      run = undefined;
      continue;
    }
    if (!carries(word, true)) continue;
    if (!title.some(each => affinity(word.form, each) >= near)) {
      if (++strangers > 1) run = undefined;
      continue;
    }
    if (run) run.end = at + 1;
    else {
      run = { start: at, end: at + 1 };
      runs.push(run);
    }
    strangers = 0;
  }
  return runs;
};

const weight = (words: readonly Word[], { start, end }: Run): number =>
  words.slice(start, end).reduce((sum, w) => sum + (fillers.has(w.form) ? 0 : w.form.length), 0);

/**
 * Where a clause names a task of the project, found by the titles themselves: the stretch of words
 * that says most of one. Words that are spoken for (`free` is false) do not count.
 */
export const namedTask = (
  words: readonly Word[],
  free: readonly boolean[],
  titles: readonly string[],
): NamedTask | undefined => {
  const all = wordsOfAll(titles);
  let best: (NamedTask & { weight: number }) | undefined;
  for (const [index, title] of titles.entries())
    for (const run of stretches(words, free, all[index] ?? [])) {
      const said = words
        .slice(run.start, run.end)
        .map(w => w.form)
        .join(' ');
      const found = { ...run, score: similarity(said, title), weight: weight(words, run) };
      const better = !best || found.weight * found.score > best.weight * best.score;
      if (found.weight >= shortest && better) best = found;
    }
  return best && { start: best.start, end: best.end, score: best.score };
};
