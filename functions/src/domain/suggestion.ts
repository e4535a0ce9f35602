import type { Topic } from './conversation.ts';

/** What the bot proposes of its own accord. */
export const suggestionKinds = [
  'similar_task',
  'likely_assignee',
  'overdue',
  'blocked',
  'unassigned',
] as const;
export type SuggestionKind = (typeof suggestionKinds)[number];

/** A suggestion about a task and the date of its reason: made once to a person, never again. */
export type SuggestionClaim = { kind: string; taskId: number; since: string };

/** A task that may be worth a word, and since when the fact stands. */
export type Finding = { kind: SuggestionKind; task: Topic; since: string };

/** An open task of nearly the same title, with how alike they are from 0 to 1. */
export type Likeness = { task: Topic; score: number };

/** Who had how many of the tasks of such titles. */
export type Habit = { userId: number; fullName: string; tasks: number; of: number };
