import type { Turn } from './turn.ts';

/** In a new conversation the last topic of the one before is offered once, where it is still open. */
export const pickUp = (turn: Turn): void => {
  const { focus, carried } = turn.state;
  if (!carried || !focus || focus.status === 'done') return;
  turn.say('last_topic', { task: focus });
  turn.emit(
    { type: 'focused', task: focus },
    {
      type: 'offered',
      goal: {
        intent: 'get_status',
        slots: {},
        reference: { pronoun: true },
        confidence: 1,
        turns: 1,
        tasks: [focus],
      },
    },
  );
};
