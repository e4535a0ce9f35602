import type { Goal } from './state.ts';
import type { Turn } from './turn.ts';

export const handover = (): Goal => ({
  intent: 'handover',
  slots: {},
  reference: {},
  confidence: 1,
  turns: 1,
});

/** Calls a person; a question that is open is put again afterwards. */
export const callPerson = (turn: Turn): void => {
  if (turn.state.asking !== 'idle') turn.emit({ type: 'goal_paused' });
  turn.emit({ type: 'goals_added', goals: [handover()], where: 'front' });
};

/** Rephrase with examples, then offer choices, then a person. */
export const miss = (turn: Turn): void => {
  turn.emit({ type: 'missed' });
  const { misses, asking } = turn.state;
  if (misses >= 3) callPerson(turn);
  else turn.say(misses === 2 ? 'choices' : 'not_understood', { asking });
};
