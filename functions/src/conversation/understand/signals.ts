import type { Signal } from '../model.ts';
import type { Clause } from './clauses.ts';
import { isCorrection, isSame } from './fragments.ts';
import { formAt, type Token } from './text.ts';

const isConditional = (words: readonly Token[]): boolean =>
  words.length > 3 && words.slice(0, 2).some(w => w.text.toLowerCase() === 'si');

export const signalsOf = ({ features: f }: Clause): Signal[] => {
  const said: [Signal, boolean][] = [
    ['question', f.question],
    ['same', isSame(f.words)],
    ['correction', isCorrection(f.words)],
    ['negated', !f.opening.duty && (isNegated(f.words) || isUndone(f.words))],
    ['conditional', isConditional(f.words)],
  ];
  return said.filter(([, holds]) => holds).map(([signal]) => signal);
};

/** What is not so yet: "la carta todavía no está", "aún no ha llegado". */
const states = new Set(
  'ha han he hemos puede llega tiene esta estan quedo termina termino terminan acaba acabo acaban se'.split(
    ' ',
  ),
);

/** It is not done, and nothing is to be done about it here. */
const isUndone = (words: readonly Token[]): boolean =>
  words.some(
    (w, at) =>
      ['todavia', 'aun'].includes(w.form) &&
      formAt(words, at - 1) !== 'que' &&
      formAt(words, at + 1) === 'no' &&
      states.has(formAt(words, at + 2)),
  );

/** What a "no" in front of takes back: the pronouns of a command, and the commands themselves. */
const refused = new Set(
  'la lo le se me borres elimines crees marques pongas termine termina terminan acabe acaba acaban llega ha han he hemos puede esta hagas cambies asignes muevas quites pases cierres toques'.split(
    ' ',
  ),
);

const isNegated = (words: readonly Token[]): boolean =>
  words
    .slice(0, 8)
    .some(
      (w, at) =>
        w.form === 'no' && refused.has(formAt(words, at + 1)) && !choosesAnother(words, at),
    );

/** "que no lo haga Karina, que lo agarre Hugo": not the one, but the other. */
const choosesAnother = (words: readonly Token[], at: number): boolean =>
  formAt(words, at - 1) === 'que' && words.slice(at).some(w => w.form === 'que');
