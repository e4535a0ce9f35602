import { sql } from 'kysely';
import type { NewEvent, OutboxEvent } from '../domain/event.ts';
import type { Database } from './database.ts';
import { anyOf, daysAgo } from './expressions.ts';

const columns = [
  'id as eventId',
  'topic',
  'type',
  'project_id as projectId',
  'occurred_at as occurredAt',
  sql<Record<string, unknown>>`payload`.as('payload'),
] as const;

export const outboxRepository = (db: Database) => ({
  /**
   * Records events in the caller's transaction and returns them as they will travel. Events of a
   * project go into its history in the same statement, under the same id.
   */
  add: async (...events: NewEvent[]): Promise<OutboxEvent[]> => {
    if (events.length === 0) return [];
    const { rows } = await sql<OutboxEvent>`
      WITH added AS (
        INSERT INTO outbox (topic, type, project_id, payload)
        SELECT topic, type, "projectId", payload
        FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
          AS event (topic text, type text, "projectId" bigint, payload jsonb)
        RETURNING id, topic, type, project_id, payload, occurred_at
      ), kept AS (
        INSERT INTO project_events (id, project_id, type, task_id, actor_id, payload, occurred_at)
        SELECT id, project_id, type, (payload ->> 'taskId')::bigint,
          (payload ->> 'actorId')::bigint, payload, occurred_at
        FROM added WHERE topic = 'task-events' AND project_id IS NOT NULL
      )
      SELECT id AS "eventId", topic, type, project_id AS "projectId", payload,
        occurred_at AS "occurredAt"
      FROM added ORDER BY id`.execute(db);
    return rows;
  },

  /**
   * Locks up to `limit` unpublished events older than `olderThanSeconds`, oldest first, passing over
   * those that another relay holds. Needs a transaction.
   */
  lockWaiting: (limit: number, olderThanSeconds: number): Promise<OutboxEvent[]> =>
    db
      .selectFrom('outbox')
      .select(columns)
      .where('published_at', 'is', null)
      .where('occurred_at', '<=', sql<string>`now() - make_interval(secs => ${olderThanSeconds})`)
      .orderBy('id')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute(),

  markPublished: async (eventIds: number[]): Promise<void> => {
    await db
      .updateTable('outbox')
      .set({ published_at: sql`now()` })
      .where('id', '=', anyOf(eventIds))
      .execute();
  },

  /**
   * Asks for the documents of every project to be written anew, as after Firestore has lost them.
   * The relay publishes these events at its next run.
   */
  requestMirror: async (): Promise<void> => {
    await sql`
      INSERT INTO outbox (topic, type, project_id, payload, occurred_at)
      SELECT 'task-events', 'project.mirror_requested', id, '{}', now() - interval '1 minute'
      FROM projects WHERE deleted_at IS NULL`.execute(db);
  },

  /** Deletes what was published more than `days` ago and returns how many rows that were. */
  purge: async (days: number): Promise<number> => {
    const result = await db
      .deleteFrom('outbox')
      .where('published_at', '<', daysAgo(days))
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});
