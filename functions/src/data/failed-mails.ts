import { sql } from 'kysely';
import type { DomainEvent, NewEvent } from '../domain/event.ts';
import type { FailedMail } from '../domain/mail.ts';
import type { Database } from './database.ts';
import { anyOf, daysAgo } from './expressions.ts';

type MailEvent = Pick<DomainEvent, 'eventId' | 'type' | 'occurredAt' | 'payload'>;

export const failedMailRepository = (db: Database) => ({
  /** Counts a failed attempt; true when there will be no other, because of its age or for good. */
  note: async (
    { eventId, type, occurredAt, payload }: MailEvent,
    failure: { reason: string; forGood: boolean },
    patienceHours: number,
  ): Promise<boolean> => {
    const { reason, forGood } = failure;
    // Sent again it becomes another event, but what it asks for is as old as ever.
    const kept = JSON.stringify({ askedAt: occurredAt, ...payload });
    const { rows } = await sql<{ givenUp: boolean }>`
      INSERT INTO failed_mails AS failed (event_id, type, payload, reason, given_up_at)
      VALUES (${eventId}, ${type}, ${kept}, ${reason},
        CASE WHEN ${forGood}::boolean THEN now() END)
      ON CONFLICT (event_id) DO UPDATE SET
        attempts = failed.attempts + 1, reason = excluded.reason, last_failed_at = now(),
        given_up_at = CASE
          WHEN ${forGood}::boolean
            OR failed.first_failed_at < now() - make_interval(hours => ${patienceHours})
          THEN now() END
      RETURNING given_up_at IS NOT NULL AS "givenUp"`.execute(db);
    return rows[0]?.givenUp === true;
  },

  /** It was sent after all. */
  settle: async (eventId: number): Promise<void> => {
    await db.deleteFrom('failed_mails').where('event_id', '=', eventId).execute();
  },

  /** Newest first, those before `beforeId`. */
  list: async (limit: number, beforeId?: number): Promise<FailedMail[]> => {
    let query = db
      .selectFrom('failed_mails')
      .select([
        'event_id as id',
        'type',
        sql<number | null>`(payload ->> 'userId')::bigint`.as('userId'),
        sql<number | null>`(payload ->> 'invitationId')::bigint`.as('invitationId'),
        'attempts',
        'reason',
        'first_failed_at as firstFailedAt',
        'last_failed_at as lastFailedAt',
        'given_up_at as givenUpAt',
      ])
      .orderBy('event_id', 'desc')
      .limit(limit);
    if (beforeId !== undefined) query = query.where('event_id', '<', beforeId);
    return query.execute();
  },

  /** Takes mails that were given up on off the list, as the events that ask for them anew. */
  takeBack: async (ids: number[]): Promise<NewEvent[]> => {
    const rows = await db
      .deleteFrom('failed_mails')
      .where('event_id', '=', anyOf(ids))
      .where('given_up_at', 'is not', null)
      .returning(['type', sql<NewEvent['payload']>`payload`.as('payload')])
      .execute();
    return rows.map(row => ({ topic: 'mail', ...row }));
  },

  purge: async (days: number): Promise<number> => {
    const result = await db
      .deleteFrom('failed_mails')
      .where('last_failed_at', '<', daysAgo(days))
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});
