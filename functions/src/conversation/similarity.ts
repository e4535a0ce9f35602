import { fillers } from './understand/lexicon.ts';
import { distance } from './understand/spelling.ts';
import { fold } from './understand/text.ts';

/** The words of a text that carry meaning, folded. */
export const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word && !fillers.has(word));

/** Plurals and verb endings aside: "revisión", "revisar" and "revisa" share "revis". */
const stem = (word: string): string => {
  const cut = word.replace(
    /(?:aciones|acion|uciones|ucion|iones|ion|ando|iendo|ados|adas|idos|idas|ado|ada|ido|ida|ar|er|ir|es|os|as|s|o|a|e)$/,
    '',
  );
  return cut.length >= 3 ? cut : word;
};

const begins = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

/** How well one word stands for another: the same, the same stem, a typing slip, a beginning. */
export const affinity = (a: string, b: string): number => {
  if (a === b) return 1;
  const [x, y] = [stem(a), stem(b)];
  if (x === y) return 0.92;
  const shorter = Math.min(a.length, b.length);
  if (shorter >= 4 && begins(a, b)) return 0.85;
  const slips = shorter < 4 ? 0 : shorter < 7 ? 1 : 2;
  if (slips && distance(a, b, slips) <= slips) return 0.82;
  return Math.min(x.length, y.length) >= 4 && begins(x, y) ? 0.8 : 0;
};

const best = (word: string, among: readonly string[]): number =>
  among.reduce((top, other) => Math.max(top, affinity(word, other)), 0);

const label = /^(?:\d+|[a-z])$/;
/** "el contenedor 2" is not "contenedor 1", nor "la talla M" the L, however much else they share. */
const labelsFit = (asked: readonly string[], told: readonly string[]): boolean =>
  asked.every(word => !label.test(word) || told.includes(word) || !told.some(t => label.test(t)));

/**
 * How well a title answers what was said, 0 to 1, whatever the order of words: nine tenths how much
 * of what was said is in the title, one tenth how much of the title was said.
 */
export const similarity = (sought: string, title: string): number => {
  const [asked, told] = [wordsOf(sought), wordsOf(title)];
  if (asked.length === 0 || told.length === 0) return fold(sought) === fold(title) ? 1 : 0;
  const weight = (words: readonly string[]) => words.reduce((sum, w) => sum + w.length, 0);
  const covered = asked.reduce((sum, w) => sum + best(w, told) * w.length, 0) / weight(asked);
  const said = told.reduce((sum, w) => sum + best(w, asked) * w.length, 0) / weight(told);
  return (covered * 0.9 + said * 0.1) * (labelsFit(asked, told) ? 1 : 0.5);
};
