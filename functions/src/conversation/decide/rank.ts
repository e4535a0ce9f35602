import type { Rank, TaskPriority } from '../model.ts';
import type { TaskRef } from './state.ts';

const weights: Record<TaskPriority, number> = { low: 0, medium: 1, high: 2, urgent: 3 };
const never = '9999-12-31';

const byDue = (a: TaskRef, b: TaskRef): number =>
  (a.dueDate ?? never).localeCompare(b.dueDate ?? never);

const orders: Record<Rank, (a: TaskRef, b: TaskRef) => number> = {
  soonest: byDue,
  latest: (a, b) => (b.dueDate ?? '').localeCompare(a.dueDate ?? ''),
  urgent: (a, b) => weights[b.priority] - weights[a.priority] || byDue(a, b),
  // Tasks are numbered as they are made.
  oldest: (a, b) => a.taskId - b.taskId,
  newest: (a, b) => b.taskId - a.taskId,
};

/** The tasks in that order, the one that is meant first. */
export const ranked = (tasks: readonly TaskRef[], by: Rank): TaskRef[] =>
  tasks.toSorted(orders[by]);
