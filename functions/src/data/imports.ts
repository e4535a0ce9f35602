import { sql } from 'kysely';
import {
  type Import,
  type ImportFailure,
  type ImportIssue,
  type ImportProgress,
  type ImportState,
  issuesKept,
  type NewImport,
  type ReadyRow,
} from '../domain/import.ts';
import type { Database } from './database.ts';
import { daysAgo } from './expressions.ts';

const imports = (db: Database) =>
  db
    .selectFrom('imports')
    .select([
      'id',
      'project_id as projectId',
      'creator_id as creatorId',
      sql<Import['format']>`format`.as('format'),
      sql<ImportState>`state`.as('state'),
      'total',
      'imported',
      'skipped',
      sql<ImportIssue[]>`issues`.as('issues'),
      'issue_count as issueCount',
      sql<ImportFailure | null>`failure`.as('failure'),
      'created_at as createdAt',
      'finished_at as finishedAt',
    ]);

export const importRepository = (db: Database) => ({
  insert: async (
    projectId: number,
    creatorId: number,
    { format, state, total, skipped, issues, issueCount }: NewImport,
  ): Promise<number> => {
    const { id } = await db
      .insertInto('imports')
      .values({
        project_id: projectId,
        creator_id: creatorId,
        format,
        state,
        total,
        skipped,
        issues: JSON.stringify(issues.slice(0, issuesKept)),
        issue_count: issueCount,
        finished_at: state === 'running' ? null : sql<string>`now()`,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  },

  addParts: async (importId: number, parts: ReadyRow[][]): Promise<void> => {
    if (parts.length === 0) return;
    await db
      .insertInto('import_parts')
      .values(
        parts.map((rows, position) => ({
          import_id: importId,
          position,
          rows: JSON.stringify(rows),
        })),
      )
      .execute();
  },

  find: (projectId: number, importId: number): Promise<Import | undefined> =>
    imports(db).where('project_id', '=', projectId).where('id', '=', importId).executeTakeFirst(),

  /** Newest first, those before `beforeId`. */
  list: (projectId: number, limit: number, beforeId?: number): Promise<Import[]> => {
    let query = imports(db).where('project_id', '=', projectId);
    if (beforeId !== undefined) query = query.where('id', '<', beforeId);
    return query.orderBy('id', 'desc').limit(limit).execute();
  },

  countRunning: async (projectId: number): Promise<number> => {
    const { count } = await db
      .selectFrom('imports')
      .select(sql<number>`count(*)`.as('count'))
      .where('project_id', '=', projectId)
      .where('state', '=', 'running')
      .executeTakeFirstOrThrow();
    return count;
  },

  /** Locks an import until the transaction ends: one part at a time, whoever brings it. */
  lock: (importId: number): Promise<Import | undefined> =>
    imports(db).where('id', '=', importId).forNoKeyUpdate().executeTakeFirst(),

  /** Takes the next part out of those that wait. */
  takePart: async (importId: number): Promise<ReadyRow[] | undefined> => {
    const { rows } = await sql<{ rows: ReadyRow[] }>`
      DELETE FROM import_parts WHERE import_id = ${importId} AND position = (
        SELECT min(position) FROM import_parts WHERE import_id = ${importId})
      RETURNING rows`.execute(db);
    return rows[0]?.rows;
  },

  advance: async (
    importId: number,
    { imported, issues, issueCount }: ImportProgress,
  ): Promise<void> => {
    await sql`
      UPDATE imports SET imported = imported + ${imported}, issue_count = issue_count + ${issueCount},
        issues = CASE WHEN jsonb_array_length(issues) < ${issuesKept}
          THEN issues || ${JSON.stringify(issues)}::jsonb ELSE issues END,
        updated_at = now()
      WHERE id = ${importId}`.execute(db);
  },

  /** Ends a running import and drops what it had not brought; false when it had ended already. */
  finish: async (
    importId: number,
    state: 'completed' | 'cancelled' | 'failed',
    failure: ImportFailure | null = null,
  ): Promise<boolean> => {
    const result = await db
      .updateTable('imports')
      .set({ state, failure, finished_at: sql`now()`, updated_at: sql`now()` })
      .where('id', '=', importId)
      .where('state', '=', 'running')
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) return false;
    await db.deleteFrom('import_parts').where('import_id', '=', importId).execute();
    return true;
  },

  purge: async (days: number): Promise<number> => {
    const result = await db
      .deleteFrom('imports')
      .where('created_at', '<', daysAgo(days))
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});
