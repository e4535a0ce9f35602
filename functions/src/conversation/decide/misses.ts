import type { Goal } from './state.ts';
import type { Turn } from './turn.ts';

export const handover = (): Goal => ({
  intent: 'handover',
  slots: {},
  reference: {},
  confidence: 1,
  turns: 1,
});

/** Rephrase with examples, then offer choices, then a person. */
export const miss = (turn: Turn): void => {
  turn.emit({ type: 'missed' });
  const { misses, asking } = turn.state;
  if (misses >= 3) turn.emit({ type: 'goals_added', goals: [handover()], where: 'front' });
  else turn.say(misses === 2 ? 'choices' : 'not_understood', { asking });
};
