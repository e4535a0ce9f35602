import type { NewEvent } from '../../domain/event.ts';
import { log } from '../../platform/log.ts';
import type { InTransaction } from '../operation.ts';

export type DigestDeps = {
  inTransaction: InTransaction<{
    notifications: { takeUnmailed(people: number): Promise<{ userId: number; count: number }[]> };
    outbox: { add(...events: NewEvent[]): Promise<unknown> };
  }>;
};

const peopleAtOnce = 500;

/** Asks for one mail to each person who has unread notifications, and never again for the same ones. */
export const sendDigests = async ({ inTransaction }: DigestDeps): Promise<number> => {
  for (let total = 0; ; ) {
    const asked = await inTransaction(async ({ notifications, outbox }) => {
      const people = await notifications.takeUnmailed(peopleAtOnce);
      await outbox.add(
        ...people.map(({ userId, count }) => ({
          topic: 'mail' as const,
          type: 'mail.digest',
          payload: { userId, left: count },
        })),
      );
      return people.length;
    });
    total += asked;
    if (asked === peopleAtOnce) continue;
    log.info('digest.requested', { count: total });
    return total;
  }
};
