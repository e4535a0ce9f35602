import { sql } from 'kysely';
import type { Finding, Habit, Likeness, SuggestionClaim } from '../domain/suggestion.ts';
import type { Database } from './database.ts';

/** Bounds the work where very many titles are alike. */
const most = { alike: 100, findings: 20, newest: 200 };
const stuckDays = 3;
const open = ['todo', 'in_progress', 'blocked', 'in_review'];

const taskAs = (name: string) => {
  const column = (field: string) => sql.ref(`${name}.${field}`);
  return sql`json_build_object('taskId', ${column('id')}, 'projectId', ${column('project_id')},
    'title', ${column('title')}, 'status', ${column('status')}, 'priority', ${column('priority')},
    'assigneeId', ${column('assignee_id')}, 'dueDate', ${column('due_date')},
    'version', ${column('version')})`;
};

export const suggestionRepository = (db: Database) => ({
  /** Tasks of the project whose titles are like that of a new one: the open ones, and who has had them. */
  likenesses: async (
    projectId: number,
    taskId: number,
    title: string,
  ): Promise<{ alike: Likeness[]; habits: Habit[] }> => {
    const { rows } = await sql<{ alike: Likeness[]; habits: Habit[] }>`
      WITH alike AS MATERIALIZED (
        SELECT tasks.*, similarity(fold_text(tasks.title), fold_text(${title}::text)) AS score
        FROM tasks WHERE tasks.project_id = ${projectId} AND tasks.deleted_at IS NULL
          AND tasks.id <> ${taskId} AND fold_text(tasks.title) % fold_text(${title}::text)
        LIMIT ${most.alike}
      ), open AS (
        SELECT ${taskAs('alike')} AS task, score FROM alike
        WHERE status <> 'done' ORDER BY score DESC, id DESC LIMIT 3
      ), habits AS (
        SELECT users.id, users.full_name, count(*) AS tasks, sum(count(*)) OVER () AS of
        FROM alike JOIN users ON users.id = alike.assignee_id
        JOIN project_members member ON member.project_id = alike.project_id
          AND member.user_id = users.id AND member.role <> 'viewer'
        GROUP BY users.id, users.full_name
      )
      SELECT coalesce((SELECT json_agg(json_build_object('task', task, 'score', score)
          ORDER BY score DESC) FROM open), '[]') AS alike,
        coalesce((SELECT json_agg(json_build_object('userId', id, 'fullName', full_name,
          'tasks', tasks, 'of', of)) FROM habits), '[]') AS habits`.execute(db);
    return rows[0] ?? { alike: [], habits: [] };
  },

  /**
   * What a person has not been told yet: their overdue tasks, what has been stuck for days, and, to those
   * who manage the project, what of its newer tasks has been nobody's for a day.
   */
  ofTheDay: async (userId: number, projectId: number, today: string): Promise<Finding[]> => {
    const { rows } = await sql<Finding>`
      WITH me AS (
        SELECT role IN ('manager', 'owner') AS manages FROM project_members
        WHERE project_id = ${projectId} AND user_id = ${userId}
      ), findings AS (
        (SELECT tasks.*, 'overdue' AS kind, due_date AS since FROM tasks
          WHERE project_id = ${projectId} AND deleted_at IS NULL AND status = any(${open})
            AND assignee_id = ${userId} AND due_date < ${today}::date
          ORDER BY due_date LIMIT ${most.findings})
        UNION ALL
        (SELECT tasks.*, 'blocked', updated_at::date AS since FROM tasks
          WHERE project_id = ${projectId} AND deleted_at IS NULL AND status = 'blocked'
            AND updated_at::date <= ${today}::date - ${stuckDays}::int
            AND (assignee_id = ${userId} OR creator_id = ${userId} OR (SELECT manages FROM me))
          ORDER BY updated_at LIMIT ${most.findings})
        UNION ALL
        (SELECT newest.*, 'unassigned', created_at::date AS since FROM (
            SELECT * FROM tasks WHERE project_id = ${projectId} AND deleted_at IS NULL
            ORDER BY id DESC LIMIT ${most.newest}) newest
          WHERE assignee_id IS NULL AND status = any(${open}) AND (SELECT manages FROM me)
            AND created_at < now() - interval '1 day'
          ORDER BY id LIMIT ${most.findings})
      )
      SELECT kind, since, ${taskAs('findings')} AS task FROM findings
      WHERE EXISTS (SELECT FROM me) AND NOT EXISTS (
        SELECT FROM chat_suggestions told WHERE told.user_id = ${userId}
          AND told.task_id = findings.id AND told.kind = findings.kind
          AND told.since = findings.since)
      ORDER BY since, id`.execute(db);
    return rows;
  },

  /** Notes that these are told now, and answers those that were not told before, by whatever request. */
  claim: async (userId: number, claims: SuggestionClaim[]): Promise<SuggestionClaim[]> => {
    const { rows } = await sql<SuggestionClaim>`
      INSERT INTO chat_suggestions (user_id, task_id, kind, since)
      SELECT ${userId}, claim."taskId", claim.kind, claim.since
      FROM jsonb_to_recordset(${JSON.stringify(claims)}::jsonb)
        AS claim ("taskId" bigint, kind text, since date)
      ON CONFLICT DO NOTHING RETURNING task_id AS "taskId", kind, since`.execute(db);
    return rows;
  },
});
