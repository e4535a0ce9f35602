import type { Rank } from '../model.ts';
import { longestAt, table } from './phrases.ts';
import type { Word } from './reader.ts';
import { formAt } from './text.ts';

/** Phrases that pick a task by how it compares with the others. */
const phrases = table<Rank>([
  ['que vence|vencen|venza|venzan|toca|caduca antes|primero|pronto|ya', 'soonest'],
  ['vence|vencen|toca|caduca antes|primero', 'soonest'],
  ['mas proxim@|cercan@ a? vencer?', 'soonest'],
  ['fecha mas cercana|proxima|pronta', 'soonest'],
  ['que vence|vencen|venza despues|ultimo|al', 'latest'],
  ['mas lejan@', 'latest'],
  ['mas urgente|urgentes|importante|importantes|prioritari@|critic@', 'urgent'],
  ['mas|mayor|maxima prioridad|urgencia', 'urgent'],
  ['mas viej@|antigu@', 'oldest'],
  ['mas nuev@|reciente|recientes', 'newest'],
]);

const leads = new Set(['la', 'el', 'las', 'los', 'lo', 'de', 'con', 'que']);

export type FoundRank = { start: number; end: number; rank: Rank };

/** "la que vence antes", "lo más urgente": told from "antes del viernes" and "es más urgente". */
export const rankAt = (words: readonly Word[], at: number): FoundRank | undefined => {
  const led = leads.has(formAt(words, at)) ? at + 1 : at;
  const found = longestAt(phrases, words, at) ?? longestAt(phrases, words, led);
  if (!found || (found.start === at && !opens(words, at))) return undefined;
  if (['de', 'del', 'que'].includes(formAt(words, found.end)) || isSaidOf(words, at))
    return undefined;
  return { start: at, end: found.end, rank: found.meaning };
};

/** "los planos son lo más urgente" says so of one, where nothing is asked. */
const isSaidOf = (words: readonly Word[], at: number): boolean =>
  formAt(words, at) === 'lo' &&
  ['es', 'son', 'era', 'eran'].includes(formAt(words, at - 1)) &&
  !words.slice(0, at).some(w => w.form === 'que' || w.form === 'cual');

/** Without an article in front only the question word counts: "¿cuál vence primero?". */
const opens = (words: readonly Word[], at: number): boolean =>
  ['cual', 'cuales', 'que', 'la', 'el', 'las', 'los', 'lo'].includes(formAt(words, at - 1));

export const rankIn = (words: readonly Word[]): FoundRank | undefined => {
  for (let at = 0; at < words.length; at++) {
    const found = rankAt(words, at);
    if (found) return found;
  }
  return undefined;
};
