import type { IntentName } from '../../model.ts';
import { type Features, hasAct } from '../features.ts';
import { isSure } from '../known-tasks.ts';
import { compile, matchAt, type Rule } from '../phrases.ts';

/** One reason to take a clause for an intent. The strongest reason that holds wins. */
export type Reason = readonly [IntentName, number, (f: Features) => boolean];

export const thing = (
  f: Features,
  ...names: Features['things'] extends ReadonlySet<infer T> ? T[] : never
): boolean => names.some(name => f.things.has(name));
export const objectIs = (f: Features, ...names: Parameters<typeof thing>[1][]): boolean =>
  f.object !== undefined && names.includes(f.object.thing);
export const starts = (f: Features, ...forms: string[]): boolean =>
  forms.includes(f.words[f.opening.end]?.form ?? '');
export const verbIs = (f: Features, ...infinitives: string[]): boolean =>
  f.head?.verbs.some(verb => infinitives.includes(verb.infinitive)) ?? false;
export const formIs = (f: Features, ...forms: string[]): boolean =>
  f.head?.verbs.some(verb => forms.includes(verb.form)) ?? false;
export const command = (f: Features): boolean => f.head !== undefined;
export const has = (f: Features, ...forms: string[]): boolean =>
  f.words.some(w => forms.includes(w.form));
export const email = (f: Features): boolean => f.words.some(w => w.kind === 'email');
export const person = (f: Features): boolean => f.assignees.length > 0;
export const strongPerson = (f: Features): boolean => f.assignees.some(a => a.strong);
/** Whether a task of the project is named for certain. */
export const knows = (f: Features): boolean => isSure(f.named);
export const rest = (f: Features): number => f.words.length - f.opening.end;

export const anyOf = (...patterns: string[]) => {
  const compiled: Rule<true>[] = patterns.map(p => ({ parts: compile(p), meaning: true }));
  return (f: Features): boolean =>
    f.words.some((_, at) => compiled.some(rule => matchAt(rule.parts, f.words, at)));
};
/** As `anyOf`, but only where the clause itself begins. */
export const opensWith = (...patterns: string[]) => {
  const compiled = patterns.map(p => compile(p));
  return (f: Features): boolean => compiled.some(parts => matchAt(parts, f.words, f.opening.end));
};
/** As `opensWith`, also right behind a member's name: "y Luis con qué anda". */
export const asks = (...patterns: string[]) => {
  const compiled = patterns.map(p => compile(p));
  return (f: Features): boolean => {
    const named = f.members.find(member => member.start === f.opening.end);
    const places = named ? [f.opening.end, named.end] : [f.opening.end];
    return places.some(at => compiled.some(parts => matchAt(parts, f.words, at)));
  };
};

export const startsList = (f: Features): boolean =>
  thing(f, 'tasks') &&
  (hasAct(f, 'show', 'tell') || f.question || !command(f)) &&
  !anyOf('esta|estan|quedaron|quedo|ya')(f);
