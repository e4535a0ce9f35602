import { verbForms } from './lexicon.ts';
import { fold } from './text.ts';

const irregular = new Map([
  ['haga', 'hacer'],
  ['hagan', 'hacer'],
  ['traiga', 'traer'],
  ['vaya', 'ir'],
  ['escriba', 'escribir'],
  ['defina', 'definir'],
  ['lea', 'leer'],
  ['venda', 'vender'],
  ['consiga', 'conseguir'],
  ['pida', 'pedir'],
  ['suba', 'subir'],
  ['construya', 'construir'],
  ['corrija', 'corregir'],
  ['dirija', 'dirigir'],
  ['asista', 'asistir'],
  ['responda', 'responder'],
]);

/** Spelling before e goes back to what it is before a: publique, pague, organice. */
const stemOf = (stem: string): string => {
  if (stem.endsWith('qu')) return `${stem.slice(0, -2)}c`;
  if (stem.endsWith('gu')) return stem.slice(0, -1);
  return stem.endsWith('c') ? `${stem.slice(0, -1)}z` : stem;
};

/** "llamar", "corregir": sounds like an infinitive, whether or not the word is known. */
export const infinitiveEnding = /[aei]r$/;

/** "revise el contrato" as a title reads "revisar el contrato"; what is not sure stays as it was. */
export const asTitle = (text: string): string => {
  const [verb = '', ...rest] = text.split(' ');
  const word = fold(verb);
  const known = verbForms.get(word)?.find(reading => reading.form === 'subj')?.infinitive;
  const guess =
    word.endsWith('e') && word.length > 4 ? `${stemOf(word.slice(0, -1))}ar` : undefined;
  const infinitive = irregular.get(word) ?? known ?? guess;
  return infinitive ? [infinitive, ...rest].join(' ') : text;
};
