import { sql } from 'kysely';
import type { Database } from './database.ts';
import { daysAgo } from './expressions.ts';

type Request = { userId: number; operation: string; key: string; fingerprint: string };
type Claim = { fingerprint: string; response: unknown };

export const idempotencyRepository = (db: Database) => ({
  /**
   * Claims a key in the caller's transaction. Answers the earlier claim when there is one: a twin
   * that runs at the same time waits on the primary key until the first has committed.
   */
  claim: async (request: Request): Promise<Claim | undefined> => {
    const inserted = await db
      .insertInto('idempotency_keys')
      .values({
        user_id: request.userId,
        operation: request.operation,
        key: request.key,
        fingerprint: request.fingerprint,
      })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 1n) return undefined;
    return db
      .selectFrom('idempotency_keys')
      .select(['fingerprint', sql<unknown>`response`.as('response')])
      .where('user_id', '=', request.userId)
      .where('operation', '=', request.operation)
      .where('key', '=', request.key)
      .executeTakeFirstOrThrow();
  },

  store: async (request: Request, response: unknown): Promise<void> => {
    await db
      .updateTable('idempotency_keys')
      .set({ response: JSON.stringify(response) })
      .where('user_id', '=', request.userId)
      .where('operation', '=', request.operation)
      .where('key', '=', request.key)
      .execute();
  },

  purge: async (days: number): Promise<number> => {
    const result = await db
      .deleteFrom('idempotency_keys')
      .where('created_at', '<', daysAgo(days))
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});
