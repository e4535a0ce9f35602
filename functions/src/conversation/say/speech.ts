import type { Locale } from '../../platform/failure.ts';
import type { TaskRef } from '../decide/state.ts';
import type { Person } from '../model.ts';

/** What wording may need besides the line itself. */
export type Speech = {
  locale: Locale;
  people: readonly Person[];
  /** Chooses among equal wordings; the same seed gives the same words. */
  seed: number;
};

export type Params = Record<string, unknown>;
export type Wording =
  | readonly string[]
  | ((params: Params, speech: Speech) => string | readonly string[]);
export type Catalogue = Record<string, Wording>;

/** What a sentence speaks of, whichever kind it is of. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
export const task = (params: Params): TaskRef => params['task'] as TaskRef;
export const tasks = (params: Params): TaskRef[] =>
  (params['tasks'] as TaskRef[] | undefined) ?? [];
