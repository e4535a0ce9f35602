import { addDays, dateIn, timeIn } from '../../domain/calendar.ts';
import type { DueTask, Reminder } from '../../domain/due-task.ts';
import { log } from '../../platform/log.ts';
import type { AddEvents } from '../events/project-event.ts';
import type { InTransaction } from '../operation.ts';

type Place = { dueDate: string; taskId: number };

export type RemindDeps = {
  clock(): Date;
  dueTasks: {
    list(from: string, to: string, after: Place | undefined, limit: number): Promise<DueTask[]>;
  };
  inTransaction: InTransaction<{
    dueTasks: { note(reminders: Reminder[]): Promise<Reminder[]> };
    outbox: AddEvents;
  }>;
};

const pageSize = 500;
/** People are reminded during their day; a run that was missed is made up for within it. */
const daytime = { from: '08:00', to: '20:00' };

/** Reminds people of their open tasks that are due today or tomorrow where they are, once a day each. */
export const remindDue = async (deps: RemindDeps): Promise<number> => {
  const now = deps.clock();
  const today = dateIn(now, 'UTC');
  // Somewhere it is yesterday or tomorrow already.
  const [from, to] = [addDays(today, -1), addDays(today, 2)];
  let reminded = 0;
  for (let last: Place | undefined; ; ) {
    const page = await deps.dueTasks.list(from, to, last, pageSize);
    reminded += await remind(deps, page.filter(isDueFor(now)), now);
    last = page.at(-1);
    if (page.length < pageSize) break;
  }
  if (reminded > 0) log.info('due.reminded', { count: reminded });
  return reminded;
};

const isDueFor =
  (now: Date) =>
  ({ dueDate, timezone }: DueTask): boolean => {
    const [today, time] = [dateIn(now, timezone), timeIn(now, timezone)];
    const soon = dueDate === today || dueDate === addDays(today, 1);
    return soon && daytime.from <= time && time < daytime.to;
  };

/** Who has a row for today was told: the row and the event that tells are written together. */
const remind = async (
  { inTransaction }: RemindDeps,
  due: DueTask[],
  now: Date,
): Promise<number> => {
  if (due.length === 0) return 0;
  const byTask = new Map(due.map(task => [task.taskId, task]));
  return inTransaction(async ({ dueTasks, outbox }) => {
    const noted = await dueTasks.note(
      due.map(({ taskId, userId, timezone }) => ({ taskId, userId, day: dateIn(now, timezone) })),
    );
    await outbox.add(
      ...noted.flatMap(({ taskId, userId }) => {
        const task = byTask.get(taskId);
        if (!task) return [];
        const { projectId, dueDate } = task;
        const payload = { taskId, userId, dueDate, actorId: null };
        return [{ topic: 'reminders' as const, type: 'task.due_soon', projectId, payload }];
      }),
    );
    return noted.length;
  });
};
