import type { Context } from '../model.ts';
import { drive } from './drive.ts';
import { hear } from './hear.ts';
import { learn } from './learn.ts';
import type { Advance, Input, State } from './state.ts';
import { Turn } from './turn.ts';

/**
 * One step of a turn, pure: what was heard or learnt goes in, and out comes either a request to the
 * outside or the reply. The runner bounds how many steps a turn may take.
 */
export const advance = (state: State, input: Input, context: Context): Advance => {
  const turn = new Turn(state, context);
  if (input.kind === 'message') {
    const intents = input.understanding.intents.filter(i => i.confidence >= 0.5).map(i => i.name);
    turn.emit({ type: 'heard', text: input.text, at: context.now, intents });
    for (const segment of input.understanding.segments) hear(turn, segment);
  } else learn(turn, input.request, input.outcome);
  const request = drive(turn);
  if (request) return { state: turn.state, events: turn.events, request };
  if (turn.state.lines.length === 0) turn.say('fine');
  const { lines, options, asking } = turn.state;
  return {
    state: turn.state,
    events: turn.events,
    reply: { lines, options: options.map(option => option.label), asking },
  };
};
