import type { Person } from './model.ts';
import { fold } from './understand/text.ts';

const longest = 300;

const patterns: [RegExp, string][] = [
  [/\b(?:https?:\/\/|www\.)\S+/giu, '⟨enlace⟩'],
  // From the beginning of a word only: looking from each letter would take long.
  [/(?<![^\s<>()])[^\s<>()]+@[^\s<>()]+/gu, '⟨correo⟩'],
  [/@[\p{L}\p{N}_.-]+/gu, '⟨persona⟩'],
  [/\+?\d[\d\s().-]{5,}\d|\d+(?:[.,:/-]\d+)*/gu, '⟨número⟩'],
];

const word = /[\p{L}\p{M}]+/gu;

/** Parts of names that are words of their own are kept: "de", "la". */
const shortestName = 3;

const namesOf = (people: readonly Person[]): Set<string> =>
  new Set(
    people
      .flatMap(({ fullName }) => fullName.match(word) ?? [])
      .filter(part => part.length >= shortestName)
      .map(part => fold(part)),
  );

/** A capital inside a sentence is a name, whoever bears it. */
const isName = (found: string, before: string, names: Set<string>): boolean => {
  if (names.has(fold(found))) return true;
  return /^\p{Lu}\p{Ll}/u.test(found) && !endsSentence(before);
};

/** Read backwards: an expression that ends in `$` would be tried from every blank before it. */
const endsSentence = (before: string): boolean => {
  let at = before.length - 1;
  while (at >= 0 && /["«“(\s]/.test(before.charAt(at)) && before.charAt(at) !== '\n') at--;
  return at < 0 || /[.!?¡¿:\n]/.test(before.charAt(at));
};

/**
 * A message that was not understood, as something to learn from: addresses, links, numbers and names are
 * taken out before it is kept. Nothing when no word is left.
 */
export const redact = (text: string, people: readonly Person[]): string | null => {
  const names = namesOf(people);
  const bare = patterns.reduce((left, [pattern, mark]) => left.replace(pattern, mark), text);
  const marks = /⟨\p{L}+⟩/gu;
  const parts = bare.split(marks);
  const between = bare.match(marks) ?? [];
  let before = '';
  const out = parts.map((part, index) => {
    const clean = part.replace(word, (found, at: number) =>
      isName(found, before + part.slice(0, at), names) ? '⟨persona⟩' : found,
    );
    before += part + (between[index] ?? '');
    return clean + (between[index] ?? '');
  });
  const joined = out.join('').replaceAll(/⟨persona⟩(?:\s+⟨persona⟩)+/g, '⟨persona⟩');
  const kept = joined.replaceAll(/\s+/g, ' ').trim().slice(0, longest);
  return /\p{L}/u.test(kept.replace(marks, '')) ? kept : null;
};
