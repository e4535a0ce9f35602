import { sql } from 'kysely';
import type { FieldCipher } from '../domain/field-cipher.ts';
import type { EndReason, NewSession, Session } from '../domain/session.ts';
import type { Database } from './database.ts';
import { daysAgo } from './expressions.ts';

const columns = [
  'id',
  'method',
  'second_factor as secondFactor',
  'device',
  'address',
  'created_at as createdAt',
  'authenticated_at as authenticatedAt',
  'last_used_at as lastUsedAt',
  'expires_at as expiresAt',
] as const;

export const sessionRepository = (db: Database, cipher: FieldCipher) => ({
  /** Live sessions of a person, newest use first. */
  list: async (userId: number): Promise<Session[]> => {
    const rows = await live(db, userId).select(columns).orderBy('last_used_at', 'desc').execute();
    return rows.map(row => ({
      ...row,
      device: cipher.open(sessionDevice(row.id), row.device),
      address: cipher.open(sessionAddress(row.id), row.address),
    }));
  },

  /** Whether a session still counts, and when its holder last proved who they are (seconds since 1970). */
  proofOf: async (userId: number, id: string): Promise<number | undefined> => {
    const row = await live(db, userId)
      .select(sql<number>`extract(epoch FROM authenticated_at)::int`.as('authenticatedAt'))
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.authenticatedAt;
  },

  prove: async (id: string): Promise<void> => {
    await db
      .updateTable('sessions')
      .set({ authenticated_at: sql`now()` })
      .where('id', '=', id)
      .execute();
  },

  touch: async (id: string, address: string): Promise<void> => {
    await db
      .updateTable('sessions')
      .set({ last_used_at: sql`now()`, address: cipher.seal(sessionAddress(id), address) })
      .where('id', '=', id)
      .execute();
  },

  /** Ends one session of a person; false when there is no such live one. */
  end: async (userId: number, id: string, reason: EndReason): Promise<boolean> => {
    const result = await db
      .updateTable('sessions')
      .set({ ended_at: sql`now()`, end_reason: reason })
      .where('user_id', '=', userId)
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  },

  /** Ends all live sessions of a person but `keep`, and returns their ids. */
  endAll: async (userId: number, reason: EndReason, keep?: string): Promise<string[]> => {
    let query = db
      .updateTable('sessions')
      .set({ ended_at: sql`now()`, end_reason: reason })
      .where('user_id', '=', userId)
      .where('ended_at', 'is', null);
    if (keep !== undefined) query = query.where('id', '<>', keep);
    return (await query.returning('id').execute()).map(row => row.id);
  },

  /** Ends the least recently used sessions beyond `limit`, and returns their ids. */
  endBeyond: async (userId: number, limit: number): Promise<string[]> => {
    const surplus = live(db, userId).select('id').orderBy('last_used_at', 'desc').offset(limit);
    const rows = await db
      .updateTable('sessions')
      .set({ ended_at: sql`now()`, end_reason: 'too_many' })
      .where('id', 'in', surplus)
      .returning('id')
      .execute();
    return rows.map(row => row.id);
  },

  /** Those that ended in the last `minutes`: no token of an older one can still be valid. */
  endedWithin: async (minutes: number): Promise<string[]> => {
    const rows = await db
      .selectFrom('sessions')
      .select('id')
      .where('ended_at', '>', sql<string>`now() - make_interval(mins => ${minutes})`)
      .execute();
    return rows.map(row => row.id);
  },

  purge: async (days: number): Promise<number> => {
    const result = await db
      .deleteFrom('sessions')
      .where(sql<string>`least(expires_at, coalesce(ended_at, expires_at))`, '<', daysAgo(days))
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});

const live = (db: Database, userId: number) =>
  db
    .selectFrom('sessions')
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`);

/** What of a session could name a place or a machine, sealed. */
export const sealedSession = (cipher: FieldCipher, { id, device, address }: NewSession) => ({
  device: cipher.seal(sessionDevice(id), device),
  address: cipher.seal(sessionAddress(id), address),
});

export const sessionDevice = (id: string): string => `sessions.device:${id}`;
export const sessionAddress = (id: string): string => `sessions.address:${id}`;
