import { apply } from './events.ts';
import type { Event, Goal, GoalIntent, State } from './state.ts';

/** What became of a wish. */
export const flowOutcomes = ['started', 'done', 'cancelled', 'failed'] as const;
export type FlowOutcome = (typeof flowOutcomes)[number];
export type FlowEvent = { flow: GoalIntent; what: FlowOutcome; seconds?: number };

/** What else a turn was, for the figures. */
export const turnMarks = ['fallback', 'correction', 'cancel', 'undo', 'handover'] as const;
export type TurnMark = (typeof turnMarks)[number];

export type Course = { flows: FlowEvent[]; marks: TurnMark[] };

/** Undo and hand-over speak about the talk: they are marks of a turn rather than flows. */
const isFlow = ({ intent }: Goal): boolean => intent !== 'undo' && intent !== 'handover';

const secondsOf = ({ since }: Goal, { at }: State): number =>
  Math.max(0, Math.round((at - (since ?? at)) / 100) / 10);

const told = (what: FlowOutcome, goals: readonly (Goal | undefined)[]): FlowEvent[] =>
  goals.flatMap(goal => (goal && isFlow(goal) ? [{ flow: goal.intent, what }] : []));

/** A wish that is let go of was refused by the project, or given up by the person. */
const droppedAs = ({ lines }: State): FlowOutcome =>
  /^(?:failed_|none_match)/.test(lines.at(-1)?.key ?? '') ? 'failed' : 'cancelled';

const replaced = (before: Goal | undefined, after: Goal): FlowEvent[] =>
  before?.intent === after.intent
    ? []
    : [...told('cancelled', [before]), ...told('started', [after])];

const finished = (state: State): FlowEvent[] => {
  const [goal] = state.goals;
  return goal && isFlow(goal)
    ? [{ flow: goal.intent, what: 'done', seconds: secondsOf(goal, state) }]
    : [];
};

const flowsOf = (state: State, event: Event): FlowEvent[] => {
  const [goal] = state.goals;
  if (event.type === 'goals_added') return told('started', event.goals);
  if (event.type === 'goal_replaced') return replaced(goal, event.goal);
  if (event.type === 'goal_finished') return finished(state);
  if (event.type === 'goal_dropped') return told(droppedAs(state), [goal]);
  return event.type === 'all_dropped' ? told('cancelled', [...state.goals, ...state.paused]) : [];
};

const marksOf = (state: State, event: Event): TurnMark[] => {
  if (event.type === 'missed') return ['fallback'];
  if (event.type === 'undone') return ['undo'];
  if (event.type === 'all_dropped') return ['cancel'];
  const handedOver = event.type === 'goal_finished' && state.goals[0]?.intent === 'handover';
  return handedOver ? ['handover'] : [];
};

/** The course that wishes took in one turn, read from its events. */
export const courseOf = (before: State, events: readonly Event[]): Course => {
  let state = before;
  const flows: FlowEvent[] = [];
  const marks = new Set<TurnMark>();
  for (const event of events) {
    flows.push(...flowsOf(state, event));
    for (const mark of marksOf(state, event)) marks.add(mark);
    state = apply(state, event);
  }
  return { flows, marks: [...marks] };
};

/** Wishes that a turn leaves half done. */
export const waitingIn = ({ goals, paused }: State): GoalIntent[] =>
  [...goals, ...paused].filter(isFlow).map(goal => goal.intent);
