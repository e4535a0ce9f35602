import type { Signal } from '../model.ts';
import type { Clause } from './clauses.ts';
import { isCorrection, isSame } from './fragments.ts';
import type { Token } from './text.ts';

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

/** "la carta todavía no está": it is not done, and nothing is to be done about it here. */
const isUndone = (words: readonly { form: string }[]): boolean =>
  words.some(
    (w, at) =>
      ['todavia', 'aun'].includes(w.form) &&
      words[at + 1]?.form === 'no' &&
      [
        'ha',
        'han',
        'he',
        'hemos',
        'puede',
        'llega',
        'tiene',
        'esta',
        'estan',
        'quedo',
        'termina',
        'termino',
        'terminan',
        'acaba',
        'acabo',
        'se',
      ].includes(words[at + 2]?.form ?? ''),
  );

const isNegated = (words: readonly { form: string }[]): boolean =>
  words
    .slice(0, 5)
    .some(
      (w, at) =>
        w.form === 'no' &&
        [
          'la',
          'lo',
          'le',
          'se',
          'me',
          'borres',
          'elimines',
          'crees',
          'marques',
          'pongas',
          'termine',
          'termina',
          'termino',
          'terminan',
          'acaba',
          'acabo',
          'llega',
          'ha',
          'han',
          'he',
          'hemos',
          'puede',
          'acabe',
          'esta',
          'hagas',
          'cambies',
          'asignes',
          'muevas',
        ].includes(words[at + 1]?.form ?? ''),
    );
