import type { IntentName, Signal } from '../../model.ts';

/** A pattern of `phrases.ts`, and what it says when a clause is nothing else. */
export type Cue = readonly [string, IntentName | Signal];
