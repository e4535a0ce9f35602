import type { Database } from './database.ts';
import { daysAgo } from './expressions.ts';

export const consumedEventsRepository = (db: Database) => ({
  /** Marks the event as finished by this consumer; false when it already was. */
  claim: async (consumer: string, eventId: number): Promise<boolean> => {
    const result = await db
      .insertInto('consumed_events')
      .values({ consumer, event_id: eventId })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows === 1n;
  },

  /** Whether this consumer has finished with the event; for work that no transaction can take back. */
  has: async (consumer: string, eventId: number): Promise<boolean> => {
    const row = await db
      .selectFrom('consumed_events')
      .select('event_id')
      .where('consumer', '=', consumer)
      .where('event_id', '=', eventId)
      .executeTakeFirst();
    return row !== undefined;
  },

  purge: async (days: number): Promise<number> => {
    const result = await db
      .deleteFrom('consumed_events')
      .where('consumed_at', '<', daysAgo(days))
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});
