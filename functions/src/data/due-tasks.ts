import { sql } from 'kysely';
import type { DueTask, Reminder } from '../domain/due-task.ts';
import type { Database } from './database.ts';

export const dueTaskRepository = (db: Database) => ({
  /** Open tasks of active people in running projects, by date and id from just after `after` on. */
  list: (
    from: string,
    to: string,
    after: { dueDate: string; taskId: number } | undefined,
    limit: number,
  ): Promise<DueTask[]> => {
    let query = db
      .selectFrom('tasks')
      .innerJoin('projects', 'projects.id', 'tasks.project_id')
      .innerJoin('users', 'users.id', 'tasks.assignee_id')
      .select([
        'tasks.id as taskId',
        'tasks.project_id as projectId',
        'users.id as userId',
        sql<string>`tasks.due_date`.as('dueDate'),
        'users.timezone',
      ])
      .where(sql<boolean>`tasks.due_date BETWEEN ${from}::date AND ${to}::date`)
      .where('tasks.deleted_at', 'is', null)
      .where('tasks.status', '<>', 'done')
      .where('tasks.assignee_id', 'is not', null)
      .where('users.status', '=', 'active')
      .where('projects.deleted_at', 'is', null)
      .where('projects.archived_at', 'is', null);
    if (after)
      query = query.where(
        sql<boolean>`(tasks.due_date, tasks.id) > (${after.dueDate}::date, ${after.taskId}::bigint)`,
      );
    return query.orderBy('tasks.due_date').orderBy('tasks.id').limit(limit).execute();
  },

  /** Notes reminders and answers those that were not noted before. */
  note: async (reminders: Reminder[]): Promise<Reminder[]> => {
    if (reminders.length === 0) return [];
    return db
      .insertInto('due_reminders')
      .values(
        reminders.map(({ taskId, userId, day }) => ({ task_id: taskId, user_id: userId, day })),
      )
      .onConflict(conflict => conflict.doNothing())
      .returning(['task_id as taskId', 'user_id as userId', 'day'])
      .execute();
  },

  purge: async (days: number): Promise<number> => {
    const result = await db
      .deleteFrom('due_reminders')
      .where('day', '<', sql<string>`current_date - ${days}::int`)
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});
