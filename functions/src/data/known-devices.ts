import { sql } from 'kysely';
import type { Database } from './database.ts';
import { daysAgo } from './expressions.ts';

export const knownDeviceRepository = (db: Database) => ({
  /** Remembers a device; tells whether it is new to this person and whether they had others before. */
  remember: async (
    userId: number,
    fingerprint: Buffer,
  ): Promise<{ isNew: boolean; hadOthers: boolean }> => {
    const others = sql<boolean>`EXISTS (SELECT FROM known_devices other
      WHERE other.user_id = ${userId} AND other.fingerprint <> ${fingerprint})`;
    return (
      db
        .insertInto('known_devices')
        .values({ user_id: userId, fingerprint })
        .onConflict(conflict =>
          conflict.columns(['user_id', 'fingerprint']).doUpdateSet({ last_seen_at: sql`now()` }),
        )
        // A row that was only updated carries the id of the transaction that did it.
        .returning([sql<boolean>`xmax = 0`.as('isNew'), others.as('hadOthers')])
        .executeTakeFirstOrThrow()
    );
  },

  forgetAll: async (userId: number): Promise<void> => {
    await db.deleteFrom('known_devices').where('user_id', '=', userId).execute();
  },

  purge: async (days: number): Promise<number> => {
    const result = await db
      .deleteFrom('known_devices')
      .where('last_seen_at', '<', daysAgo(days))
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});
