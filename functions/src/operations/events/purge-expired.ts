import { log } from '../../platform/log.ts';

type Store = { purge(days: number): Promise<number> };
type Deps = { stores: { outbox: Store; consumedEvents: Store; idempotencyKeys: Store } };

/** Days that bookkeeping is kept; Pub/Sub redelivers for at most seven. */
const keptDays = { outbox: 14, consumedEvents: 30, idempotencyKeys: 2 };

/** Deletes bookkeeping that nothing can refer to any more. */
export const purgeExpired = async ({ stores }: Deps): Promise<void> => {
  const counts = {
    outbox: await stores.outbox.purge(keptDays.outbox),
    consumedEvents: await stores.consumedEvents.purge(keptDays.consumedEvents),
    idempotencyKeys: await stores.idempotencyKeys.purge(keptDays.idempotencyKeys),
  };
  log.info('retention.purged', counts);
};
