import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { FieldCipher } from '../domain/field-cipher.ts';
import type { NewSecurityEvent } from '../domain/security-event.ts';
import type { Database } from './database.ts';
import { daysAgo } from './expressions.ts';
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
    const { details, ...row } = sealedEvent(cipher, event);
    await db
      .insertInto('security_events')
      .values({ ...row, details: JSON.stringify(details) })
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
      address: row.address === null ? null : cipher.open(eventPlace(row.requestId), row.address),
      device: row.device === null ? null : cipher.open(eventPlace(row.requestId), row.device),
    }));
  },

  /** Takes away what could still name a person; the bare events stay until retention deletes them. */
  forget: async (userId: number): Promise<void> => {
    await asPrivacyJob(db);
    await db
      .updateTable('security_events')
      .set({ address: null, device: null, details: '{}' })
      .where('user_id', '=', userId)
      .execute();
    // What they did to others' accounts, as an administrator.
    await db
      .updateTable('security_events')
      .set({ address: null, device: null })
      .where('actor_id', '=', userId)
      .whereRef('actor_id', '<>', 'user_id')
      .execute();
  },

  purge: async (days: number): Promise<number> => {
    await asPrivacyJob(db);
    const result = await db
      .deleteFrom('security_events')
      .where('occurred_at', '<', daysAgo(days))
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});

/** The row of an event, with what could name a place or a machine sealed. */
export const sealedEvent = (cipher: FieldCipher, event: NewSecurityEvent) => {
  const requestId = event.requestId || randomUUID();
  const sealed = (value: string | undefined) =>
    value === undefined ? null : cipher.seal(eventPlace(requestId), value);
  return {
    type: event.type,
    outcome: event.outcome,
    user_id: event.userId ?? null,
    actor_id: event.actorId ?? null,
    session_id: event.sessionId ?? null,
    request_id: requestId,
    address: sealed(event.address),
    device: sealed(event.device),
    details: event.details ?? {},
  };
};

export const eventPlace = (requestId: string): string => `security_events:${requestId}`;
