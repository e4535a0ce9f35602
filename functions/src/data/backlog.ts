import { sql } from 'kysely';
import type { Database } from './database.ts';

export type Backlog = {
  outboxWaiting: number;
  /** Age in seconds of the oldest event that was not published. */
  outboxLag: number;
  webhooksWaiting: number;
  webhooksGivenUp: number;
};

/** Counting ends here: more than this is a backlog whatever its size. */
const most = 10_000;

/** What waits to go out and what never will; partial indexes answer, however much has gone. */
export const backlogOf = async (db: Database): Promise<Backlog> => {
  const { rows } = await sql<Backlog>`
    SELECT
      (SELECT count(*) FROM (SELECT FROM outbox WHERE published_at IS NULL LIMIT ${most}) waiting)
        AS "outboxWaiting",
      coalesce((SELECT extract(epoch FROM now() - occurred_at)::float8 FROM outbox
        WHERE published_at IS NULL ORDER BY id LIMIT 1), 0) AS "outboxLag",
      (SELECT count(*) FROM (SELECT FROM webhook_deliveries WHERE state = 'pending' LIMIT ${most}) due)
        AS "webhooksWaiting",
      (SELECT count(*) FROM (SELECT FROM webhook_deliveries WHERE state = 'failed' LIMIT ${most}) gone)
        AS "webhooksGivenUp"`.execute(db);
  const [backlog] = rows;
  if (!backlog) throw new Error('A statement without FROM answers one row');
  return backlog;
};
