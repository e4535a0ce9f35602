import { addDays } from '../../domain/calendar.ts';
import { dayIn, iso } from '../understand/dates/calendar.ts';
import { about, ask, dropped, type Next } from './asking.ts';
import { without } from './goals.ts';
import type { Goal, Option } from './state.ts';
import type { Turn } from './turn.ts';

/** "una semana más": counted from the date that the task has, else from today. */
const shifted = (turn: Turn, goal: Goal, days: number): Next => {
  const { now, timezone } = turn.context;
  const from = goal.tasks?.[0]?.dueDate ?? iso(dayIn(now, timezone));
  const slots = { ...without(goal.slots, 'dueShift'), dueDate: addDays(from, days) };
  turn.emit({ type: 'goal_changed', change: { slots } });
  return 'met';
};

export const dueDate = (turn: Turn, goal: Goal): Next => {
  const { dueShift } = goal.slots;
  if (dueShift !== undefined && goal.slots.dueDate === undefined)
    return shifted(turn, goal, dueShift);
  const value = goal.slots.dueDate;
  if (value === undefined)
    return ask(turn, 'awaiting_due_date', 'ask_due_date', about(goal), dateOptions);
  if (value === null || value >= iso(dayIn(turn.context.now, turn.context.timezone))) return 'met';
  turn.say('date_past', { date: value });
  turn.emit({ type: 'goal_replaced', goal: dropped(goal, 'dueDate') });
  return ask(turn, 'awaiting_due_date', 'ask_due_date', about(goal), dateOptions);
};
/** A day is optional here, but one that was said must be right. */
export const saidDueDate = (turn: Turn, goal: Goal): Next =>
  goal.slots.dueDate === undefined ? 'met' : dueDate(turn, goal);

const dateOptions: Option[] = [
  { label: '@today' },
  { label: '@tomorrow' },
  { label: '@friday' },
  { label: '@no_date' },
];
