import type { Person } from '../model.ts';
import { about, ask, dropped, type Next } from './asking.ts';
import type { Goal, Option } from './state.ts';
import type { Turn } from './turn.ts';

export const assignee = (turn: Turn, goal: Goal): Next => {
  const value = goal.slots.assignee;
  if (!value) return ask(turn, 'awaiting_assignee', 'ask_assignee', about(goal), team(turn, goal));
  if ('userId' in value || 'none' in value) return 'met';
  const other = 'candidates' in value ? newcomer(value.candidates, goal) : undefined;
  if (other) {
    turn.emit({ type: 'goal_changed', change: { slots: { ...goal.slots, assignee: other } } });
    return 'met';
  }
  turn.emit({ type: 'goal_replaced', goal: dropped(goal, 'assignee') });
  if ('candidates' in value)
    return ask(
      turn,
      'awaiting_assignee',
      'which_person',
      { names: value.candidates.map(p => p.fullName) },
      value.candidates.map(p => ({ label: p.fullName, userId: p.userId })),
    );
  turn.say('person_unknown', { name: value.name });
  return ask(
    turn,
    'awaiting_assignee',
    'ask_assignee_again',
    { name: value.name },
    team(turn, goal),
  );
};

/** "era la otra María": of two the one who does not have the task yet. */
const newcomer = (candidates: readonly Person[], { tasks = [] }: Goal): Person | undefined => {
  const [task, ...more] = tasks;
  const free = candidates.filter(each => each.userId !== task?.assigneeId);
  return task && more.length === 0 && free.length === 1 && candidates.length === 2
    ? free[0]
    : undefined;
};

const team = (turn: Turn, goal: Goal): Option[] => {
  const people = turn.context.people
    .slice(0, 4)
    .map(p => ({ label: p.fullName, userId: p.userId }));
  return goal.intent === 'create_task' ? [...people, { label: '@nobody' }] : people;
};
