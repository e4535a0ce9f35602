import { sql } from 'kysely';
import type { ChangeToken, HistoryFilter, ProjectEvent } from '../domain/history.ts';
import type { Database } from './database.ts';

const columns = [
  'project_events.id',
  'project_events.project_id as projectId',
  'project_events.type',
  'project_events.task_id as taskId',
  'project_events.actor_id as actorId',
  sql<Record<string, unknown>>`project_events.payload`.as('payload'),
  'project_events.occurred_at as occurredAt',
] as const;

type Row = Omit<ProjectEvent, 'actorName'>;

export const historyRepository = (db: Database) => ({
  /** Newest first, those before `beforeId`, with the name of who did it. */
  list: (
    projectId: number,
    filter: HistoryFilter,
    limit: number,
    beforeId?: number,
  ): Promise<ProjectEvent[]> => {
    let query = db
      .selectFrom('project_events')
      .leftJoin('users', 'users.id', 'project_events.actor_id')
      .select(columns)
      .select('users.full_name as actorName')
      .where('project_events.project_id', '=', projectId);
    if (beforeId !== undefined) query = query.where('project_events.id', '<', beforeId);
    if (filter.taskId !== undefined) query = query.where('task_id', '=', filter.taskId);
    if (filter.actorId !== undefined) query = query.where('actor_id', '=', filter.actorId);
    if (filter.types)
      query = query.where('project_events.type', '=', sql<string>`any(${filter.types}::text[])`);
    return query.orderBy('project_events.id', 'desc').limit(limit).execute();
  },

  /**
   * What happened after `since`, in an order that never changes: transactions still running, and all
   * that started after them, wait for the next call, so nothing is skipped and nothing comes twice.
   */
  changes: async (
    projectId: number,
    since: ChangeToken,
    limit: number,
  ): Promise<{ event: Row; token: ChangeToken }[]> => {
    const rows = await db
      .selectFrom('project_events')
      .select(columns)
      .select(sql<string>`project_events.xid::text`.as('xid'))
      .where('project_id', '=', projectId)
      .where(sql<boolean>`(xid, id) > (${since.transaction}::xid8, ${since.eventId}::bigint)`)
      .where(sql<boolean>`xid < pg_snapshot_xmin(pg_current_snapshot())`)
      // The column itself: its text of the same name would put 1000 before 999.
      .orderBy('project_events.xid')
      .orderBy('project_events.id')
      .limit(limit)
      .execute();
    return rows.map(({ xid, ...event }) => ({
      event,
      token: { transaction: xid, eventId: event.id },
    }));
  },

  /** The token from which on only changes follow that nobody can have seen yet. */
  latest: async (): Promise<ChangeToken> => {
    const { rows } = await sql<{ xmin: string }>`
      SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin`.execute(db);
    return { transaction: rows[0]?.xmin ?? '0', eventId: 0 };
  },

  /** Fields of a task that changed after it had `version`; each own field counts by itself. */
  fieldsChangedSince: async (taskId: number, version: number): Promise<string[]> => {
    const { rows } = await sql<{ field: string }>`
      SELECT DISTINCT coalesce('customFields.' || own.key, field) AS field
      FROM project_events
        CROSS JOIN LATERAL jsonb_array_elements_text(CASE jsonb_typeof(payload -> 'fields')
          WHEN 'array' THEN payload -> 'fields' ELSE '[]' END) AS field
        LEFT JOIN LATERAL jsonb_object_keys((payload #> '{before,customFields}')
          || (payload #> '{after,customFields}')) AS own(key)
          ON field = 'customFields' AND payload #> ARRAY['before', 'customFields', own.key]
            IS DISTINCT FROM payload #> ARRAY['after', 'customFields', own.key]
      WHERE task_id = ${taskId} AND type LIKE 'task.%'
        AND (payload ->> 'version')::int > ${version}`.execute(db);
    return rows.map(row => row.field);
  },
});
