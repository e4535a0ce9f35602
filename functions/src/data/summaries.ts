import { sql } from 'kysely';
import type { DueSummary, ProjectSummary } from '../domain/morning-summary.ts';
import type { Database } from './database.ts';

export const summaryRepository = (db: Database) => ({
  lastDay: async (userId: number): Promise<string | null> => {
    const row = await db
      .selectFrom('summary_plans')
      .select('last_day')
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row?.last_day ?? null;
  },

  /** Sets when the next one comes; without a time none does. */
  plan: async (userId: number, nextAt: Date | undefined): Promise<void> => {
    await sql`INSERT INTO summary_plans (user_id, next_at)
      SELECT ${userId}, ${nextAt?.toISOString() ?? 'infinity'}::timestamptz
      WHERE ${nextAt !== undefined}::boolean
        OR EXISTS (SELECT FROM summary_plans WHERE user_id = ${userId})
      ON CONFLICT (user_id) DO UPDATE SET next_at = excluded.next_at`.execute(db);
  },

  /** Those whose time has come, held until the transaction ends; two runs never hold the same. */
  takeDue: async (now: Date, limit: number): Promise<DueSummary[]> => {
    const { rows } = await sql<DueSummary>`
      SELECT plan.user_id AS "userId", plan.next_at AS "nextAt", users.timezone,
        users.notification_preferences AS preferences
      FROM summary_plans plan JOIN users ON users.id = plan.user_id AND users.status = 'active'
      WHERE plan.next_at <= ${now.toISOString()}::timestamptz
      ORDER BY plan.next_at LIMIT ${limit} FOR UPDATE OF plan SKIP LOCKED`.execute(db);
    return rows;
  },

  /** Moves plans on; `day` is the person's own date when this one was theirs. */
  moveOn: async (
    plans: { userId: number; nextAt: string | null; day: string | null }[],
  ): Promise<void> => {
    await sql`UPDATE summary_plans SET
        next_at = coalesce(moved."nextAt", 'infinity'),
        last_day = coalesce(moved.day, summary_plans.last_day)
      FROM jsonb_to_recordset(${JSON.stringify(plans)}::jsonb)
        AS moved ("userId" bigint, "nextAt" timestamptz, day date)
      WHERE summary_plans.user_id = moved."userId"`.execute(db);
  },

  /** What these people have to do in each of their projects, where there is anything to say. */
  figures: async (people: { userId: number; today: string }[]): Promise<ProjectSummary[]> => {
    const { rows } = await sql<ProjectSummary>`
      SELECT person."userId", tasks.project_id AS "projectId", json_build_object(
        'overdue', count(*) FILTER (WHERE tasks.due_date < person.today),
        'today', count(*) FILTER (WHERE tasks.due_date = person.today),
        'blocked', count(*) FILTER (WHERE tasks.status = 'blocked')) AS figures
      FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
        AS person ("userId" bigint, today date)
      JOIN tasks ON tasks.assignee_id = person."userId" AND tasks.deleted_at IS NULL
        AND tasks.status <> 'done' AND (tasks.due_date <= person.today OR tasks.status = 'blocked')
      JOIN projects ON projects.id = tasks.project_id AND projects.deleted_at IS NULL
        AND projects.archived_at IS NULL
      JOIN project_members member ON member.project_id = projects.id
        AND member.user_id = person."userId"
      GROUP BY person."userId", tasks.project_id ORDER BY 1, 2`.execute(db);
    return rows;
  },
});
