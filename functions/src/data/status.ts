import { sql } from 'kysely';
import type { StatusAnswer, StatusQuestion } from '../domain/status-report.ts';
import type { Database } from './database.ts';

/** Everything behind the status report, from one pass over the project's index entries. */
export const statusRepository = (db: Database) => ({
  ask: async (projectId: number, question: StatusQuestion): Promise<StatusAnswer> => {
    const { today, weekEnd, trendFrom, sprint } = question;
    const { rows } = await sql<StatusAnswer>`
      WITH own AS MATERIALIZED (
        SELECT status, assignee_id, due_date, story_points, sprint_id, created_at, completed_at
        FROM tasks WHERE project_id = ${projectId} AND deleted_at IS NULL
      ), counts AS (
        SELECT status, assignee_id, count(*) AS count,
          count(*) FILTER (WHERE due_date < ${today}::date AND status <> 'done') AS overdue,
          count(*) FILTER (WHERE due_date BETWEEN ${today}::date AND ${weekEnd}::date
            AND status <> 'done') AS due_this_week
        FROM own GROUP BY status, assignee_id
      ), days AS (
        SELECT day, sum(created) AS created, sum(completed) AS completed FROM (
          SELECT width_bucket(created_at, ${trendFrom}::timestamptz[]) AS day,
            count(*) AS created, 0 AS completed FROM own GROUP BY 1
          UNION ALL
          SELECT width_bucket(completed_at, ${trendFrom}::timestamptz[]), 0, count(*)
          FROM own WHERE completed_at IS NOT NULL GROUP BY 1
        ) AS both_kinds GROUP BY day
      ), burnt AS (
        SELECT width_bucket(completed_at, ${sprint?.dayStarts ?? []}::timestamptz[]) AS day,
          coalesce(sum(story_points), 0) AS points, count(*) AS tasks
        FROM own WHERE sprint_id = ${sprint?.id ?? null}::bigint AND completed_at IS NOT NULL
        GROUP BY 1
      )
      SELECT
        (SELECT coalesce(json_agg(json_build_object('status', counts.status, 'assigneeId', assignee_id,
            'fullName', full_name, 'count', count, 'overdue', overdue,
            'dueThisWeek', due_this_week)), '[]')
          FROM counts LEFT JOIN users ON users.id = counts.assignee_id) AS counts,
        (SELECT coalesce(json_agg(json_build_object('day', day, 'created', created,
            'completed', completed)), '[]') FROM days) AS days,
        (SELECT json_build_object('points', coalesce(sum(story_points), 0), 'tasks', count(*),
            'finished', (SELECT coalesce(json_agg(burnt), '[]') FROM burnt))
          FROM own WHERE sprint_id = ${sprint?.id ?? null}::bigint) AS sprint`.execute(db);
    const [answer] = rows;
    if (!answer) throw new Error('A statement without FROM answers one row');
    return answer;
  },
});
