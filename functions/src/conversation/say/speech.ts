import type { Locale } from '../../platform/failure.ts';
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
