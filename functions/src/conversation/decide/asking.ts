import { without } from './goals.ts';
import type { Goal, Option, Request } from './state.ts';
import type { Turn } from './turn.ts';

/** A need is met, or it asks the person, or it asks the outside, or the wish is over. */
export type Next = 'met' | 'asked' | 'over' | Request;

export const ask = (
  turn: Turn,
  asking: Turn['state']['asking'],
  key: string,
  params: Record<string, unknown> = {},
  options: Option[] = [],
): Next => {
  turn.say(key, params);
  turn.emit({ type: 'asked', asking, options });
  return 'asked';
};

export const dropped = (goal: Goal, slot: keyof Goal['slots']): Goal => ({
  ...goal,
  slots: without(goal.slots, slot),
});

/** What the question is about, so that wording can name it. */
export const about = (goal: Goal) => ({
  intent: goal.intent,
  title: goal.tasks?.[0]?.title ?? goal.slots.title,
  tasks: goal.tasks?.length ?? 0,
  again: (goal.resumed ?? 0) > 0,
});
