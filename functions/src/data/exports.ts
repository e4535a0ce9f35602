import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Minutes in which an export that was asked for may be downloaded. */
const minutes = 15;

export const exportRepository = (db: Database) => ({
  insert: async (id: string, userId: number): Promise<string> => {
    const { expiresAt } = await db
      .insertInto('exports')
      .values({
        id,
        user_id: userId,
        expires_at: sql<string>`now() + make_interval(mins => ${minutes})`,
      })
      .returning('expires_at as expiresAt')
      .executeTakeFirstOrThrow();
    return expiresAt;
  },

  isOpen: async (id: string, userId: number): Promise<boolean> => {
    const row = await db
      .selectFrom('exports')
      .select('id')
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .where('expires_at', '>', sql<string>`now()`)
      .executeTakeFirst();
    return row !== undefined;
  },

  purge: async (): Promise<number> => {
    const result = await db
      .deleteFrom('exports')
      .where('expires_at', '<', sql<string>`now()`)
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});
