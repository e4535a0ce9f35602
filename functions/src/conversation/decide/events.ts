import { propertyChanges } from '../model.ts';
import type { Event, Goal, GoalIntent, Last, Message, State } from './state.ts';

const keep = {
  messages: 5,
  history: 10,
  done: 5,
  listed: 10,
  paused: 3,
  goals: 8,
  letters: 300,
} as const;

const withGoal = (state: State, change: (goal: Goal) => Goal): State => {
  const [first, ...rest] = state.goals;
  return first ? { ...state, goals: [change(first), ...rest] } : state;
};

const isChange = (intent: GoalIntent): boolean =>
  (propertyChanges as ReadonlySet<string | undefined>).has(intent);

/** "pásasela a Ana y ponla urgente" changes two things, and "lo mismo para el rocoto" means both. */
const lastOf = ({ turn, last }: State, { intent, slots, reference }: Goal): Last => {
  const together = last !== null && last.turn === turn && isChange(last.intent) && isChange(intent);
  const { also = [], ...before } = last ?? { intent, slots, reference };
  return { intent, slots, reference, turn, ...(together && { also: [...also, before] }) };
};

const finished = (state: State, event: Extract<Event, { type: 'goal_finished' }>): State => {
  const [goal, ...goals] = state.goals;
  const last = goal ? lastOf(state, goal) : state.last;
  return {
    ...state,
    goals,
    asking: 'idle',
    options: [],
    last: goal && goal.intent !== 'undo' && goal.intent !== 'handover' ? last : state.last,
    focus: event.focus === undefined ? state.focus : event.focus,
    carried: event.focus === undefined && state.carried,
    done: event.done ? [...state.done, event.done].slice(-keep.done) : state.done,
    misses: 0,
  };
};

const paused = (state: State): State => {
  const [goal, ...goals] = state.goals;
  if (!goal) return state;
  return {
    ...state,
    goals,
    asking: 'idle',
    options: [],
    paused: [...state.paused, goal].slice(-keep.paused),
  };
};

const resumed = (state: State): State => {
  const goal = state.paused.at(-1);
  return goal
    ? {
        ...state,
        paused: state.paused.slice(0, -1),
        goals: [{ ...goal, resumed: (goal.resumed ?? 0) + 1 }, ...state.goals],
      }
    : state;
};

const added = (state: State, event: Extract<Event, { type: 'goals_added' }>): State => {
  const wished = event.goals.map(goal => ({ since: state.at, ...goal }));
  const goals = event.where === 'front' ? [...wished, ...state.goals] : [...state.goals, ...wished];
  return { ...state, goals: goals.slice(0, keep.goals), misses: 0 };
};

type Applied = {
  [T in Event['type']]: (state: State, event: Extract<Event, { type: T }>) => State;
};

const spoken = (state: State, role: Message['role'], { text, at }: { text: string; at: number }) =>
  [...state.messages, { role, text: text.slice(0, keep.letters), at }].slice(-keep.messages);

const changes: Applied = {
  heard: (state, event) => ({
    ...state,
    turn: state.turn + 1,
    lines: [],
    at: event.at,
    messages: spoken(state, 'user', event),
    history: [...state.history, ...event.intents].slice(-keep.history),
  }),
  goals_added: added,
  goal_changed: (state, event) => withGoal(state, goal => ({ ...goal, ...event.change })),
  goal_replaced: (state, event) => withGoal(state, () => event.goal),
  goal_paused: paused,
  goal_resumed: resumed,
  goal_dropped: state => ({ ...state, goals: state.goals.slice(1), asking: 'idle', options: [] }),
  all_dropped: state => ({
    ...state,
    goals: [],
    paused: [],
    asking: 'idle',
    options: [],
    misses: 0,
  }),
  slots_shared: (state, { slots }) => ({
    ...state,
    goals: state.goals.map((goal, at) =>
      at > 0 && goal.intent === 'create_task'
        ? { ...goal, slots: { ...slots, ...goal.slots } }
        : goal,
    ),
  }),
  goal_finished: finished,
  asked: (state, { asking, options }) => ({ ...state, asking, options }),
  answered: state => ({ ...state, asking: 'idle', options: [], misses: 0 }),
  said: (state, event) => ({ ...state, lines: [...state.lines, event.line] }),
  listed: (state, event) => ({ ...state, listed: event.tasks.slice(0, keep.listed) }),
  focused: (state, event) => ({ ...state, focus: event.task, carried: false }),
  project_entered: (state, { project }) => ({ ...state, project, focus: null, listed: [] }),
  offered: (state, { goal }) => ({ ...state, offer: { goal, turn: state.turn } }),
  undone: state => ({ ...state, done: state.done.slice(0, -1) }),
  missed: state => ({ ...state, misses: state.misses + 1 }),
  replied: (state, event) => ({
    ...state,
    said: state.lines,
    lines: [],
    messages: spoken(state, 'bot', event),
  }),
};

/** The only way in which a conversation changes. */
export const apply = (state: State, event: Event): State =>
  (changes[event.type] as (state: State, event: Event) => State)(state, event);
