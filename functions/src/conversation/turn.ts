import { advance } from './decide/advance.ts';
import { apply } from './decide/events.ts';
import { type Course, courseOf } from './decide/flow-events.ts';
import type { Advance, Event, GoalIntent, Outcome, Reply, Request, State } from './decide/state.ts';
import type { Context, IntentName, Segment, Understand, Understanding } from './model.ts';
import { say } from './say/say.ts';

const mostSteps = 10;

export type Spoken = {
  state: State;
  understanding: Understanding;
  text: string;
  quickReplies: string[];
  course: Course;
};

export type Carry = {
  understand: Understand;
  perform: Perform;
  seed: number;
};

type Perform = (request: Request) => Promise<Outcome>;

/** A turn under way: what was understood, what has happened so far, and what comes next. */
export type UnderWay = {
  before: State;
  context: Context;
  understanding: Understanding;
  next: Advance;
  events: readonly Event[];
  steps: number;
};

/** A conversation that turns in circles is ended with an apology rather than carried on. */
const apology = (state: State): { state: State; reply: Reply } => {
  const calm = apply(apply({ ...state, lines: [] }, { type: 'all_dropped' }), {
    type: 'said',
    line: { key: 'apology' },
  });
  return { state: calm, reply: { lines: calm.lines, options: [], asking: 'idle' } };
};

/** Wishes that the contract has no intent for go by the nearest one it has, or by none. */
const namedIntent = (intent: GoalIntent | undefined): IntentName | undefined => {
  if (intent === 'rename_task') return 'update_status';
  return intent === 'handover' ? undefined : intent;
};

/** Understands a message and decides as far as that goes without the outside. */
export const listen = (
  state: State,
  message: string,
  context: Context,
  understand: Understand,
): UnderWay => {
  const active = namedIntent(state.goals[0]?.intent);
  const last = namedIntent(state.last?.intent);
  const known: Context = {
    ...context,
    awaiting: state.asking,
    ...(active && state.asking !== 'idle' && { active }),
    ...(last && { last }),
  };
  const understanding = understand(message, known);
  const next = advance(state, { kind: 'message', understanding, text: message }, known);
  return { before: state, context: known, understanding, next, events: next.events, steps: 0 };
};

/** Carries out request after request until the reply is there, or up to one that is to wait. */
export const settle = async (
  turn: UnderWay,
  perform: Perform,
  waits: (request: Request) => boolean = () => false,
): Promise<UnderWay> => {
  let { next, steps } = turn;
  const events = [...turn.events];
  while (!('reply' in next) && steps < mostSteps && !waits(next.request)) {
    const { request } = next;
    const outcome = await perform(request);
    next = advance(next.state, { kind: 'outcome', request, outcome }, turn.context);
    events.push(...next.events);
    steps++;
  }
  return { ...turn, next, events, steps };
};

export const isOver = ({ next, steps }: UnderWay): boolean => 'reply' in next || steps >= mostSteps;

const isCorrection = ({ signals }: Segment): boolean =>
  signals.includes('correction') || signals.includes('other_task');

/** Puts what a turn came to into words. */
export const speak = (turn: UnderWay, seed: number): Spoken => {
  const { next, understanding, context, before, events } = turn;
  const { state, reply } = 'reply' in next ? next : apology(next.state);
  const { people, locale } = context;
  const { text, quickReplies } = say(reply, { locale, people, seed });
  const { flows, marks } = courseOf(before, events);
  const corrected = understanding.segments.some(isCorrection);
  return {
    state: apply(state, { type: 'replied', text, at: context.now }),
    understanding,
    text,
    quickReplies,
    course: { flows, marks: corrected ? [...marks, 'correction'] : marks },
  };
};

/** One whole turn: understood, decided, carried out by `perform`, and put into words. */
export const converse = async (
  state: State,
  message: string,
  context: Context,
  { understand, perform, seed }: Carry,
): Promise<Spoken> =>
  speak(await settle(listen(state, message, context, understand), perform), seed);
