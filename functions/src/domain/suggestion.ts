/** What the bot proposes of its own accord. */
export const suggestionKinds = [
  'similar_task',
  'likely_assignee',
  'overdue',
  'blocked',
  'unassigned',
] as const;
export type SuggestionKind = (typeof suggestionKinds)[number];
