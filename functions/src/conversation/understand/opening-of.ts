import { type Opening, openings } from './openings.ts';
import { longestAt, type Match } from './phrases.ts';
import type { Word } from './reader.ts';
import { formAt } from './text.ts';
import type { Act } from './verb-list.ts';

/** Where the courtesies end, and whether they wish or tell a duty. */
export type FoundOpening = { end: number; wish: boolean; duty: boolean };

/** Words that open a wish and, as the last word, are an answer of their own. */
const notAlone = new Set(['va', 'listo', 'vamos', 'tu']);

const nouns = new Set('el la lo los las un una unos unas prioridad fecha'.split(' '));

const lacks = new Set(['falta', 'faltaria']);

/** "falta el permiso" tells what is missing, "falta pedir el permiso" what is to be done. */
const tellsOfLack = (words: readonly Word[], { end, meaning }: Match & { meaning: Opening }) =>
  meaning === 'duty' && lacks.has(formAt(words, end - 1)) && nouns.has(formAt(words, end));

/** Deeds on the board itself: "acabo de cerrar el informe" closes it, "acabo de pagar la luz" tells of work. */
const boardActs = new Set<Act>([
  'finish',
  'start',
  'block',
  'reopen',
  'create',
  'assign',
  'remove',
]);

/** "terminé de revisar el contrato": the first verb tells, the infinitive names the work. */
const endsDeed = (words: readonly Word[], { start, end }: Match): boolean => {
  const deed = words[end];
  if (formAt(words, end - 1) !== 'de' || !deed) return false;
  if (!words[start]?.verbs.some(v => v.acts.includes('finish'))) return false;
  return (
    /[aei]r(?:l[aeo]s?|se)?$/.test(deed.form) &&
    !deed.verbs.some(v => v.acts.some(act => boardActs.has(act)))
  );
};

const again = new Set(['vuelve', 'volve', 'vuelva', 'volver']);

/** "vuelve a abrir" does it again, "vuelve a Obra Norte" goes there. */
const returns = (words: readonly Word[], { start, end }: Match): boolean =>
  again.has(formAt(words, start)) && !words[end]?.verbs.some(v => v.form === 'inf');

/** "dale" agrees, but "dale el informe" hands over. */
const handsOver = (words: readonly Word[], { start }: Match): boolean =>
  formAt(words, start) === 'dale' && nouns.has(formAt(words, start + 1));

const answers = (words: readonly Word[], { start, end }: Match): boolean =>
  end === words.length && notAlone.has(formAt(words, start));

/** "antes poné el inventario como hecho" does that first, "antes del viernes" is by when. */
const isDeadline = (words: readonly Word[], { start, end }: Match): boolean =>
  end === start + 1 &&
  formAt(words, start) === 'antes' &&
  !words[end]?.verbs.some(({ form }) => form === 'imp');

/** What looks like a courtesy and is the wish itself. */
const speaksOut = (words: readonly Word[], match: Match & { meaning: Opening }): boolean =>
  [endsDeed, returns, handsOver, answers, isDeadline].some(is => is(words, match)) ||
  tellsOfLack(words, match);

const openingAt = (words: readonly Word[], at: number) => {
  const match = longestAt(openings, words, at);
  if (match) return speaksOut(words, match) ? undefined : match;
  const word = words[at];
  const mark = word?.kind === 'mark' && word.text !== '@' && word.text !== '#';
  return mark ? { end: at + 1, meaning: 'polite' as const } : undefined;
};

export const openingOf = (words: readonly Word[]): FoundOpening => {
  const opening = { end: 0, wish: false, duty: false };
  for (;;) {
    const match = openingAt(words, opening.end);
    if (!match) return opening;
    opening.wish ||= match.meaning === 'wish';
    opening.duty ||= match.meaning === 'duty';
    opening.end = match.end;
  }
};
