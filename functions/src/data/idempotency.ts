import { sql } from 'kysely';
import type { FieldCipher } from '../domain/field-cipher.ts';
import type { Database } from './database.ts';
import { daysAgo } from './expressions.ts';

type Request = { userId: number; operation: string; key: string; fingerprint: string };
type Claim = { fingerprint: string; response: unknown };

export const idempotencyRepository = (db: Database, cipher: () => FieldCipher) => ({
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
    const earlier = await db
      .selectFrom('idempotency_keys')
      .select(['fingerprint', sql<unknown>`response`.as('response')])
      .where('user_id', '=', request.userId)
      .where('operation', '=', request.operation)
      .where('key', '=', request.key)
      .executeTakeFirstOrThrow();
    return { ...earlier, response: opened(cipher(), request, earlier.response) };
  },

  /** Keeps an answer sealed: it may name people who are not its caller, such as somebody invited. */
  store: async (request: Request, response: unknown): Promise<void> => {
    const sealed = cipher().seal(placeOf(request), JSON.stringify(response));
    await db
      .updateTable('idempotency_keys')
      .set({ response: JSON.stringify({ ...conversationOf(response), sealed }) })
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

const placeOf = ({ userId, operation, key }: Request): string =>
  `idempotency_keys.response:${userId}:${operation}:${key}`;

// Stays readable: whoever removes a conversation removes the answers of it, too.
const conversationOf = (response: unknown) =>
  typeof response === 'object' && response !== null && 'sessionId' in response
    ? { sessionId: response.sessionId }
    : {};

const opened = (cipher: FieldCipher, request: Request, stored: unknown): unknown => {
  const { sealed } = (stored ?? {}) as { sealed?: unknown };
  // Answers of the release before are kept as they were, for two days.
  if (typeof sealed !== 'string') return stored;
  return JSON.parse(cipher.open(placeOf(request), sealed)) as unknown;
};
