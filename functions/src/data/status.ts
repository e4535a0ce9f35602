import { sql } from 'kysely';
import type { StatusCount } from '../domain/status-report.ts';
import type { Database } from './database.ts';

/** Counts behind the status report; `today` and `weekEnd` are `YYYY-MM-DD`, both inclusive. */
export const statusRepository = (db: Database) => ({
  count: (projectId: number, today: string, weekEnd: string): Promise<StatusCount[]> =>
    db
      .selectFrom('tasks')
      .leftJoin('users', 'users.id', 'tasks.assignee_id')
      .select(['tasks.status', 'tasks.assignee_id as assigneeId', 'users.full_name as fullName'])
      .select([
        sql<number>`count(*)`.as('count'),
        sql<number>`count(*) filter (where due_date < ${today} and tasks.status <> 'done')`.as(
          'overdue',
        ),
        sql<number>`count(*) filter (
          where due_date between ${today} and ${weekEnd} and tasks.status <> 'done')`.as(
          'dueThisWeek',
        ),
      ])
      .where('project_id', '=', projectId)
      .where('deleted_at', 'is', null)
      .groupBy(['tasks.status', 'tasks.assignee_id', 'users.full_name'])
      .execute(),
});
