import { answers } from './cues/answers.ts';
import { longestAt, table } from './phrases.ts';
import type { Word } from './reader.ts';
import { formAt } from './text.ts';

/** "si puedes", "si te parece": courtesies that only sound like a condition. */
const courtesies = table<true>([
  ['si no? me|te|le|se|lo|la? puedes|puede|podes|podrias|pudieras|pudiera|pueden|puedo', true],
  ['si no? eres|es|fueras|sos tan? amable|posible|mucha|molestia|mucho', true],
  ['si te|le|les|os? parece|gustaria|late|va|viene bien?', true],
  ['si me|nos haces|hace|hacen|harias|haria el? favor', true],
  ['si no le|te|les molesta|importa', true],
  ['si me|nos? permite|permites|deja|dejas', true],
  ['si puede|pudiera|podria ser', true],
  ['si hay|tienes|tiene|tenes|te|le chance|tiempo|alcanza|da', true],
  ['si quieres|queres|gustas|gusta|quiere', true],
  ['si senor|senora|claro|por|dale', true],
  ['si no mal? recuerdo|equivoco', true],
  ['si no me equivoco|acuerdo|falla', true],
]);

const asking = new Set([
  'ver',
  'saber',
  'dime',
  'decime',
  'digame',
  'cuentame',
  'avisame',
  'se',
  'pregunta',
]);

/** "si borrala ya", "si dale": a yes without its accent, and the command once more. */
const agrees = (words: readonly Word[], at: number): boolean =>
  (words[at]?.verbs.some(({ form, clitics }) => form === 'imp' && clitics.length > 0) ?? false) ||
  longestAt(answers, words, at)?.meaning === 'affirm';

/** The unaccented "si" that makes what is said depend on something. */
const isCondition = (words: readonly Word[], at: number): boolean =>
  words[at]?.text.toLowerCase() === 'si' &&
  words[at + 1]?.kind === 'word' &&
  words[at + 2]?.kind === 'word' &&
  !agrees(words, at + 1) &&
  !asking.has(formAt(words, at - 1)) &&
  !['y', 'que'].includes(formAt(words, at - 1)) &&
  !longestAt(courtesies, words, at);

const marks = new Set([',', '.', ';', '!', '?']);

/** Where a message states a condition: from "si" to the next mark. Positions are those of the text. */
export const conditionIn = (words: readonly Word[]): { start: number; end: number } | undefined => {
  const at = words.findIndex((_, i) => isCondition(words, i));
  if (at < 0) return undefined;
  const mark = words.findIndex((w, i) => i > at && marks.has(w.text));
  const last = words[mark < 0 ? words.length - 1 : mark];
  return { start: words[at]?.start ?? 0, end: last?.end ?? 0 };
};
