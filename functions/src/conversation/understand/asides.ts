import { type Classes, scan, table } from './phrases.ts';
import type { Word } from './reader.ts';
import { articles, formAt } from './text.ts';
import type { Run } from './titles.ts';

const classes: Classes = {
  any: (tokens, at) => (tokens[at]?.kind === 'word' ? { value: 0, length: 1 } : undefined),
};

/** Words behind which a person gives the reason, not the wish. */
const reasons = table<true>([
  ['porque|pues|puesto|dado|debido|gracias|mientras|aunque que?', true],
  ['ya|por? que no|se|me|nos|le|hay|va|van|esta|estamos|viene|vienen|es|tiene|tengo|llega', true],
  ['por culpa|falta|tema|motivo de|del', true],
  ['hasta nuevo|que|mientras <any>', true],
  ['a ver si', true],
  [', me|nos acaba|acaban|dijo|dijeron|aviso|avisaron|dicen|avisan', true],
  [', era|es una? prueba|broma|error', true],
  ['para que no|se <any>', true],
  [', que <any>', true],
  ['y asi <any>', true],
]);

const marks = new Set([',', '.', ';']);

/** "la que está lista" describes, where "…, que está lista" gives a reason. */
const describes = (words: readonly Word[], start: number): boolean =>
  formAt(words, start) === 'que' && articles.has(formAt(words, start - 1));

/**
 * Stretches that say why rather than what: "… porque falta la firma", "… hasta que llegue el repuesto". Each
 * runs to the next mark.
 */
export const asidesIn = (words: readonly Word[], from: number): Run[] =>
  scan(reasons, words, classes).flatMap(({ start }) => {
    if (start <= from || describes(words, start)) return [];
    const first = marks.has(formAt(words, start)) ? start + 1 : start;
    let end = first + 1;
    while (end < words.length && !marks.has(formAt(words, end))) end++;
    return [{ start, end }];
  });
