import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { FieldCipher } from '../domain/field-cipher.ts';
import type { NewSecurityEvent } from '../domain/security-event.ts';
import type { Database } from './database.ts';
import { asPrivacyJob } from './privacy-job.ts';

const columns = [
  'id',
  'user_id as userId',
  'actor_id as actorId',
  'type',
  'outcome',
  'session_id as sessionId',
  'request_id as requestId',
  'address',
  'device',
  sql<Record<string, unknown>>`details`.as('details'),
  'occurred_at as occurredAt',
] as const;

export const securityEventRepository = (db: Database, cipher: FieldCipher) => ({
  insert: async (event: NewSecurityEvent): Promise<void> => {
    const place = contextOf(event.requestId);
    await db
      .insertInto('security_events')
      .values({
        type: event.type,
        outcome: event.outcome,
        user_id: event.userId ?? null,
        actor_id: event.actorId ?? null,
        session_id: event.sessionId ?? null,
        request_id: event.requestId || randomUUID(),
        address: event.address === undefined ? null : cipher.seal(place, event.address),
        device: event.device === undefined ? null : cipher.seal(place, event.device),
        details: JSON.stringify(event.details ?? {}),
      })
      .execute();
  },

  /** Newest first, those before `beforeId`; of one person, or of everybody. */
  list: async (limit: number, beforeId?: number, userId?: number) => {
    let query = db.selectFrom('security_events').select(columns).orderBy('id', 'desc').limit(limit);
    if (userId !== undefined) query = query.where('user_id', '=', userId);
    if (beforeId !== undefined) query = query.where('id', '<', beforeId);
    const rows = await query.execute();
    return rows.map(row => ({
      ...row,
      address: row.address === null ? null : cipher.open(contextOf(row.requestId), row.address),
      device: row.device === null ? null : cipher.open(contextOf(row.requestId), row.device),
    }));
  },

  failuresWithin: async (userId: number, minutes: number): Promise<number> => {
    const { failures } = await db
      .selectFrom('security_events')
      .select(sql<number>`count(*)`.as('failures'))
      .where('user_id', '=', userId)
      .where('type', 'in', ['session.refused', 'second_factor.refused'])
      .where('occurred_at', '>', sql<string>`now() - make_interval(mins => ${minutes})`)
      .executeTakeFirstOrThrow();
    return failures;
  },

  /** Takes away what could still name a person; the bare events stay until retention deletes them. */
  forget: async (userId: number): Promise<void> => {
    await asPrivacyJob(db);
    await db
      .updateTable('security_events')
      .set({ address: null, device: null, details: '{}' })
      .where('user_id', '=', userId)
      .execute();
  },

  purge: async (days: number): Promise<number> => {
    await asPrivacyJob(db);
    const result = await db
      .deleteFrom('security_events')
      .where('occurred_at', '<', sql<string>`now() - make_interval(days => ${days})`)
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});

const contextOf = (requestId: string): string => `security_events:${requestId}`;
