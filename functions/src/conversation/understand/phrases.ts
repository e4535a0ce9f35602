import type { Token } from './text.ts';

/**
 * A tiny pattern language over folded words. Elements are separated by spaces:
 * `en`, `progreso|curso`, `ya?` (may be absent), `hech@` (o, a, os, as) and `<day>` (a word class
 * that yields a value). There is no repetition, so matching is linear in the message.
 */
export type Element = { words: ReadonlySet<string>; name?: string; optional: boolean };
export type Values = Record<string, number>;
export type Classes = Record<string, (tokens: readonly Token[], at: number) => Found | undefined>;
/** A class may take several tokens ("treinta y uno"). */
export type Found = { value: number; length: number };
export type Match = { start: number; end: number; values: Values };

const endings = ['o', 'a', 'os', 'as'];

const alternatives = (text: string): string[] =>
  text
    .split('|')
    .flatMap(word =>
      word.length > 1 && word.includes('@') ? endings.map(e => word.replace('@', e)) : [word],
    );

const element = (source: string): Element => {
  const optional = source.endsWith('?') && source.length > 1;
  const text = optional ? source.slice(0, -1) : source;
  if (text.startsWith('<')) return { words: new Set(), name: text.slice(1, -1), optional };
  return { words: new Set(alternatives(text)), optional };
};

export const compile = (pattern: string): Element[] => pattern.split(' ').map(element);

const step = (part: Element, tokens: readonly Token[], at: number, classes: Classes) => {
  const token = tokens[at];
  if (!token) return undefined;
  if (!part.name) return part.words.has(token.form) ? { length: 1 } : undefined;
  return classes[part.name]?.(tokens, at);
};

const from = (
  parts: readonly Element[],
  index: number,
  tokens: readonly Token[],
  at: number,
  classes: Classes,
): { end: number; values: Values } | undefined => {
  const part = parts[index];
  if (!part) return { end: at, values: {} };
  const taken = step(part, tokens, at, classes);
  if (taken) {
    const rest = from(parts, index + 1, tokens, at + taken.length, classes);
    if (rest && part.name && 'value' in taken) rest.values[part.name] = taken.value;
    if (rest) return rest;
  }
  return part.optional ? from(parts, index + 1, tokens, at, classes) : undefined;
};

export const matchAt = (
  parts: readonly Element[],
  tokens: readonly Token[],
  at: number,
  classes: Classes = {},
): Match | undefined => {
  const found = from(parts, 0, tokens, at, classes);
  return found && found.end > at ? { start: at, ...found } : undefined;
};

export type Rule<T> = { parts: Element[]; meaning: T };

/** Rules indexed by their possible first words, so that a long message meets few of them. */
export type Table<T> = { byWord: Map<string, Rule<T>[]>; open: Rule<T>[] };

export const table = <T>(rows: readonly (readonly [string, T])[]): Table<T> => {
  const byWord = new Map<string, Rule<T>[]>();
  const open: Rule<T>[] = [];
  for (const [pattern, meaning] of rows) {
    const rule = { parts: compile(pattern), meaning };
    const lead = rule.parts.findIndex(part => !part.optional);
    const firsts = rule.parts.slice(0, lead + 1);
    if (firsts.some(part => part.name)) open.push(rule);
    else
      for (const word of new Set(firsts.flatMap(part => [...part.words])))
        byWord.set(word, [...(byWord.get(word) ?? []), rule]);
  }
  return { byWord, open };
};

/** The longest match that begins at this token. */
export const longestAt = <T>(
  rules: Table<T>,
  tokens: readonly Token[],
  at: number,
  classes: Classes = {},
): (Match & { meaning: T }) | undefined => {
  const word = tokens[at]?.form ?? '';
  let best: (Match & { meaning: T }) | undefined;
  for (const rule of [...(rules.byWord.get(word) ?? []), ...rules.open]) {
    const match = matchAt(rule.parts, tokens, at, classes);
    if (match && (!best || match.end > best.end)) best = { ...match, meaning: rule.meaning };
  }
  return best;
};

/** All longest matches from left to right, without overlap. */
export const scan = <T>(rules: Table<T>, tokens: readonly Token[], classes: Classes = {}) => {
  const found: (Match & { meaning: T })[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const match = longestAt(rules, tokens, at, classes);
    if (!match) continue;
    found.push(match);
    at = match.end - 1;
  }
  return found;
};
