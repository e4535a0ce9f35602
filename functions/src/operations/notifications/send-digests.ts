import { timeIn } from '../../domain/calendar.ts';
import { allPreferences } from '../../domain/notification-preferences.ts';
import type { UnmailedReader } from '../../domain/notification-readers.ts';
import { log } from '../../platform/log.ts';
import type { AddEvents } from '../events/project-event.ts';
import type { InTransaction } from '../operation.ts';

export type DigestDeps = {
  clock(): Date;
  notifications: { unmailed(afterUserId: number, limit: number): Promise<UnmailedReader[]> };
  inTransaction: InTransaction<{
    notifications: {
      takeUnmailed(userIds: number[]): Promise<{ userId: number; count: number }[]>;
    };
    outbox: AddEvents;
  }>;
};

const pageSize = 500;
/** Mails come in the morning of their readers; a run that was missed is made up for until noon. */
const morning = { from: '08:00', to: '12:00' };

/** Asks for one mail a day to each person who has unread notifications, never again for the same ones. */
export const sendDigests = async (deps: DigestDeps): Promise<number> => {
  let asked = 0;
  for (let last = 0; ; ) {
    const page = await deps.notifications.unmailed(last, pageSize);
    asked += await askFor(deps, page.filter(isDue(deps.clock())));
    last = page.at(-1)?.userId ?? last;
    if (page.length < pageSize) break;
  }
  if (asked > 0) log.info('digest.requested', { count: asked });
  return asked;
};

const isDue =
  (now: Date) =>
  ({ timezone, preferences }: UnmailedReader): boolean => {
    const time = timeIn(now, timezone);
    return morning.from <= time && time < morning.to && allPreferences(preferences).mail;
  };

const askFor = async ({ inTransaction }: DigestDeps, people: UnmailedReader[]): Promise<number> => {
  if (people.length === 0) return 0;
  return inTransaction(async ({ notifications, outbox }) => {
    const taken = await notifications.takeUnmailed(people.map(({ userId }) => userId));
    await outbox.add(
      ...taken.map(({ userId, count }) => ({
        topic: 'mail' as const,
        type: 'mail.digest',
        payload: { userId, left: count },
      })),
    );
    return taken.length;
  });
};
