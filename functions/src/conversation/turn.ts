import { advance } from './decide/advance.ts';
import { apply } from './decide/events.ts';
import type { GoalIntent, Outcome, Reply, Request, State } from './decide/state.ts';
import type { Context, IntentName, Understand, Understanding } from './model.ts';
import { say } from './say/say.ts';

const mostSteps = 10;

export type Spoken = {
  state: State;
  understanding: Understanding;
  text: string;
  quickReplies: string[];
};

export type Carry = {
  understand: Understand;
  perform: (request: Request) => Promise<Outcome>;
  seed: number;
};

/** A conversation that turns in circles is ended with an apology rather than carried on. */
const apology = (state: State): { state: State; reply: Reply } => {
  const calm = apply(apply({ ...state, lines: [] }, { type: 'all_dropped' }), {
    type: 'said',
    line: { key: 'apology' },
  });
  return { state: calm, reply: { lines: calm.lines, options: [], asking: 'idle' } };
};

const settle = async (
  state: State,
  understanding: Understanding,
  text: string,
  context: Context,
  perform: Carry['perform'],
) => {
  let step = advance(state, { kind: 'message', understanding, text }, context);
  for (let count = 0; count < mostSteps; count++) {
    if ('reply' in step) return step;
    const outcome = await perform(step.request);
    step = advance(step.state, { kind: 'outcome', request: step.request, outcome }, context);
  }
  return 'reply' in step ? step : apology(step.state);
};

/** Wishes that the contract has no intent for go by the nearest one it has, or by none. */
const namedIntent = (intent: GoalIntent | undefined): IntentName | undefined => {
  if (intent === 'rename_task') return 'update_status';
  return intent === 'handover' ? undefined : intent;
};

/** One whole turn: understood, decided, carried out by `perform`, and put into words. */
export const converse = async (
  state: State,
  message: string,
  context: Context,
  { understand, perform, seed }: Carry,
): Promise<Spoken> => {
  const active = namedIntent(state.goals[0]?.intent);
  const last = namedIntent(state.last?.intent);
  const known: Context = {
    ...context,
    awaiting: state.asking,
    ...(active && state.asking !== 'idle' && { active }),
    ...(last && { last }),
  };
  const understanding = understand(message, known);
  const { state: after, reply } = await settle(state, understanding, message, known, perform);
  const { text, quickReplies } = say(reply, {
    locale: context.locale,
    people: context.people,
    seed,
  });
  return {
    state: apply(after, { type: 'replied', text, at: context.now }),
    understanding,
    text,
    quickReplies,
  };
};
