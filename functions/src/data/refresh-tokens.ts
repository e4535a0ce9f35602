import { sql } from 'kysely';
import type { RefreshToken } from '../domain/session.ts';
import type { Database } from './database.ts';

export const refreshTokenRepository = (db: Database) => ({
  insert: async (digest: Buffer, sessionId: string): Promise<void> => {
    await db.insertInto('refresh_tokens').values({ digest, session_id: sessionId }).execute();
  },

  /** Holds the token until the transaction ends, so that twins come one after the other. */
  lock: (digest: Buffer): Promise<RefreshToken | undefined> =>
    db
      .selectFrom('refresh_tokens')
      .innerJoin('sessions', 'sessions.id', 'refresh_tokens.session_id')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select([
        'sessions.id as sessionId',
        'sessions.user_id as userId',
        'sessions.second_factor as secondFactor',
        'sessions.client',
        'refresh_tokens.successor',
        sql<number>`extract(epoch FROM sessions.authenticated_at)::int`.as('authenticatedAt'),
        sql<number>`extract(epoch FROM sessions.expires_at)::int`.as('expiresAt'),
        sql<number | null>`extract(epoch FROM clock_timestamp() - used_at)::float8`.as(
          'usedSecondsAgo',
        ),
        sql<boolean>`sessions.ended_at IS NULL AND sessions.expires_at > now()
          AND users.status = 'active'`.as('live'),
      ])
      .where('refresh_tokens.digest', '=', digest)
      .forUpdate('refresh_tokens')
      .executeTakeFirst(),

  wasUsed: async (digest: Buffer): Promise<boolean> => {
    const row = await db
      .selectFrom('refresh_tokens')
      .select('used_at')
      .where('digest', '=', digest)
      .executeTakeFirst();
    return row?.used_at != null;
  },

  use: async (digest: Buffer, successor: Buffer): Promise<void> => {
    await db
      .updateTable('refresh_tokens')
      .set({ used_at: sql`clock_timestamp()`, successor })
      .where('digest', '=', digest)
      .execute();
  },
});
