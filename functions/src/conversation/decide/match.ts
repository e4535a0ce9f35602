import { similarity } from '../similarity.ts';
import { fold } from '../understand/text.ts';
import type { TaskRef } from './state.ts';

export type Ranked = { task: TaskRef; score: number };
export type Verdict =
  | { kind: 'one'; task: TaskRef; unsure: boolean }
  | { kind: 'several'; tasks: TaskRef[] }
  | { kind: 'none'; nearest: TaskRef[] };

/** Calibrated on the evaluation set: above `sure` nobody is asked, below `near` nothing is offered. */
export const bounds = { sure: 0.7, likely: 0.5, near: 0.25, gap: 0.12 } as const;

export const rank = (sought: string, tasks: readonly TaskRef[]): Ranked[] =>
  tasks
    .map(task => ({ task, score: similarity(sought, task.title) }))
    .toSorted((a, b) => b.score - a.score);

/** Which task is meant; `preferred` breaks ties (open tasks when finishing, say). */
export const choose = (
  sought: string,
  tasks: readonly TaskRef[],
  preferred: (task: TaskRef) => boolean,
): Verdict => {
  const ranked = rank(sought, tasks);
  const top = ranked[0];
  if (!top || top.score < bounds.likely) {
    const nearest = ranked.filter(each => each.score >= bounds.near).slice(0, 3);
    return { kind: 'none', nearest: nearest.map(each => each.task) };
  }
  const exact = ranked.filter(each => fold(each.task.title) === fold(sought));
  const rivals =
    exact.length > 0
      ? exact
      : ranked.filter(each => top.score - each.score < bounds.gap && each.score >= bounds.likely);
  const favoured = rivals.filter(each => preferred(each.task));
  const pool = favoured.length > 0 ? favoured : rivals;
  const [only] = pool;
  if (only && pool.length === 1)
    return { kind: 'one', task: only.task, unsure: only.score < bounds.sure };
  // In the order in which they were made, as lists show them.
  const several = pool.slice(0, 5).map(each => each.task);
  return { kind: 'several', tasks: several.toSorted((a, b) => a.taskId - b.taskId) };
};
