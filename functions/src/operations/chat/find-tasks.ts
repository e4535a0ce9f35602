import type { Outcome, TaskFilter, TaskRef } from '../../conversation/decide/state.ts';
import type { Rank } from '../../conversation/model.ts';
import { addDays, startOfDay } from '../../domain/calendar.ts';
import { given } from '../../domain/given.ts';
import type { Task } from '../../domain/task.ts';
import type { TaskSort } from '../../domain/task-list.ts';
import type { Act, Acting } from './act.ts';

const open = ['todo', 'in_progress', 'blocked', 'in_review'];
/** Titles that search finds are ranked among the latest tasks, which a person most likely means. */
const most = { matches: 50, recent: 100 };

export const refOf = (task: Task): TaskRef => ({
  taskId: task.id,
  projectId: task.projectId,
  title: task.title,
  status: task.status,
  priority: task.priority,
  assigneeId: task.assigneeId,
  dueDate: task.dueDate,
  version: task.version,
});

/** The order in which the hundred tasks are fetched that a comparison chooses from. */
const orders: Record<Rank, { sort: TaskSort; order: 'asc' | 'desc' }> = {
  soonest: { sort: 'due', order: 'asc' },
  latest: { sort: 'due', order: 'desc' },
  urgent: { sort: 'priority', order: 'desc' },
  oldest: { sort: 'created', order: 'asc' },
  newest: { sort: 'created', order: 'desc' },
};

const finishedIn = ({ doneFrom, doneTo }: TaskFilter, timezone: string) => ({
  completedAfter: doneFrom && justBefore(doneFrom, timezone),
  completedBefore: doneTo && startOfDay(addDays(doneTo, 1), timezone).toISOString(),
});

const justBefore = (date: string, timezone: string): string =>
  new Date(startOfDay(date, timezone).getTime() - 1).toISOString();

/** The filter in the terms of the list operation, whose bounds are exclusive. */
const queryOf = (filter: TaskFilter, { today, timezone }: Acting): Record<string, unknown> => {
  const { assigneeId, status, priority, dueFrom, dueTo, by } = filter;
  const before = filter.overdue ? today : dueTo && addDays(dueTo, 1);
  const states = status ? [status] : filter.open || filter.overdue ? open : undefined;
  return given({
    assigneeId: assigneeId ?? undefined,
    unassigned: assigneeId === null ? true : undefined,
    status: states,
    priority: priority && [priority],
    dueBefore: before,
    dueAfter: dueFrom && addDays(dueFrom, -1),
    ...finishedIn(filter, timezone),
    ...(by && orders[by]),
  });
};

const list = async ({ call }: Acting, input: Record<string, unknown>): Promise<Task[]> =>
  ((await call('listTasks', input)) as { items: Task[] }).items;

const one = async ({ call }: Acting, taskId: number): Promise<Outcome> => {
  const task = (await call('getTask', { taskId })) as Task;
  return { ok: true, kind: 'tasks', tasks: [refOf(task)] };
};

/** By title also among finished tasks: "reabre la del contrato" speaks of one. */
const byTitle = async (
  acting: Acting,
  projectId: number,
  filter: TaskFilter & { title: string },
) => {
  const { open: _, ...rest } = filter;
  const query = { projectId, ...queryOf(rest, acting) };
  const [matches, recent] = await Promise.all([
    list(acting, { ...query, q: filter.title.slice(0, 200), limit: most.matches }),
    list(acting, { ...query, limit: most.recent }),
  ]);
  return [...new Map([...matches, ...recent].map(task => [task.id, task])).values()];
};

export const findTasks: Act<'findTasks'> = async (acting, { projectId, filter }) => {
  if (filter.taskId !== undefined) return one(acting, filter.taskId);
  const { title } = filter;
  const tasks = title
    ? await byTitle(acting, projectId, { ...filter, title })
    : await list(acting, { projectId, ...queryOf(filter, acting), limit: most.recent });
  const fitting = filter.undated ? tasks.filter(task => task.dueDate === null) : tasks;
  return { ok: true, kind: 'tasks', tasks: fitting.map(refOf) };
};
