import { notificationDays } from '../../domain/notification.ts';
import { log } from '../../platform/log.ts';

type Store = { purge(days: number): Promise<number> };

/**
 * Days that things are kept. Bookkeeping: as long as anything can refer to it; Pub/Sub redelivers for at most
 * seven days. What people deleted: as long as they can restore it. What was said: since the talk
 * last went on; its messages and hand-overs go with it.
 */
const keptDays = {
  outbox: 14,
  consumedEvents: 30,
  idempotencyKeys: 2,
  invitations: 30,
  webhookDeliveries: 30,
  notifications: notificationDays,
  dueReminders: 7,
  imports: 90,
  conversations: 180,
  // In this order: files go before the rows that alone know of them, and keep those when storage is away.
  files: 30,
  tasks: 30,
  projects: 30,
};

type Deps = { stores: Record<keyof typeof keptDays, Store> };

/** Deletes for good what nobody can ask for any more. */
export const purgeExpired = async ({ stores }: Deps): Promise<void> => {
  const counts: Record<string, number> = {};
  for (const [name, days] of Object.entries(keptDays))
    counts[name] = await stores[name as keyof typeof keptDays].purge(days);
  log.info('retention.purged', counts);
};
