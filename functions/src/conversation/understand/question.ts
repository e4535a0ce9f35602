import { type Head, proclitics } from './head.ts';
import type { FoundPerson } from './people.ts';
import type { Word } from './reader.ts';
import { questionWords } from './subjects.ts';
import { formAt } from './text.ts';

/** "¿puedes marcar …?" asks for the deed, not for an answer. */
export const asksFavour = (
  words: readonly Word[],
  from: number,
  head: Head | undefined,
): boolean => {
  if (!head || head.fronted || questionWords.has(formAt(words, from))) return false;
  const wished = formAt(words, from - 1) === 'si' ? 'pres' : 'imp';
  return (
    from > 0 &&
    head.verbs.some(
      v => v.form === 'inf' || v.form === wished || v.form === 'imp' || v.form === 'ger',
    )
  );
};

const preposed = new Set(['en', 'de', 'con', 'a', 'para']);

export const isQuestion = (
  words: readonly Word[],
  opened: number,
  members: readonly FoundPerson[],
): boolean => {
  const from = members.find(each => each.start === opened)?.end ?? opened;
  if (isMarked(words)) return true;
  // "dime si está hecha" asks, "a ver si me creas …" does not.
  if (formAt(words, from - 1) === 'si' && formAt(words, from - 2) !== 'ver') return true;
  const at = preposed.has(formAt(words, from)) ? from + 1 : from;
  if (!questionWords.has(formAt(words, at)) || saysWhen(words, at)) return false;
  return words[at]?.text.toLowerCase() !== 'que' || at !== from || isAsking(words, from);
};

/** "cuanto antes" and "cuando puedas" say by when. */
const saysWhen = (words: readonly Word[], at: number): boolean => {
  const next = formAt(words, at + 1);
  if (formAt(words, at) === 'cuanto') return next === 'antes';
  return (
    formAt(words, at) === 'cuando' &&
    /^(?:se|pued[ao][ns]?|podamos|teng[ao]s?|quieras?)$/.test(next)
  );
};

const commands = ({ verbs }: Word): boolean => verbs.some(v => v.form === 'imp');

const isMarked = (words: readonly Word[]): boolean => {
  if (words.some(w => w.text === '?' || w.text === '¿')) return true;
  const asked = words.findIndex(w => accented.test(w.text));
  return asked >= 0 && !words.slice(0, asked).some(commands);
};

/** Typed with its accent a question word asks, wherever it stands. */
const accented = /^(?:quién|quiénes|cuándo|cuál|cuáles|cuánto|cuánta|cuántos|cuántas|cómo|dónde)$/i;

const askingVerbs = new Set(
  'tengo tiene tenemos tienen hay falta faltan queda quedan quedo quedaron toca hace esta estan sigue va paso pasa puede anda hizo onda estado vence hacemos'.split(
    ' ',
  ),
);

/** "que la haga Ana" is a wish, "que tareas hay" a question typed without its accent. */
const isAsking = (words: readonly Word[], from: number): boolean => {
  const next = words[from + 1];
  if (!next || next.thing || askingVerbs.has(next.form)) return true;
  return proclitics.has(next.form) && formAt(words, from + 2) === 'toca';
};
