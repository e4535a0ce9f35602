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
