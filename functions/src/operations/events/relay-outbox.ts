import type { DomainEvent, OutboxEvent, Topic } from '../../domain/event.ts';
import { log } from '../../platform/log.ts';
import type { InTransaction } from '../operation.ts';
import { announceEvents } from './announce-events.ts';

type Deps = {
  publish(topic: Topic, event: DomainEvent): Promise<void>;
  inTransaction: InTransaction<{
    outbox: {
      lockWaiting(limit: number, olderThanSeconds: number): Promise<OutboxEvent[]>;
      markPublished(eventIds: number[]): Promise<void>;
    };
  }>;
};

const batchSize = 200;
/** Younger events are still in the hands of the request that wrote them. */
const patienceSeconds = 5;
const maxBatches = 50;

/** Publishes what requests left behind, such as those that died after their commit. */
export const relayOutbox = async ({ inTransaction, publish }: Deps): Promise<number> => {
  let total = 0;
  for (let batch = 0; batch < maxBatches; batch++) {
    const { found, published } = await inTransaction(async ({ outbox }) => {
      const events = await outbox.lockWaiting(batchSize, patienceSeconds);
      const sent = await announceEvents({ publish, markPublished: outbox.markPublished }, events);
      return { found: events.length, published: sent };
    });
    total += published;
    if (found < batchSize || published === 0) break;
  }
  if (total > 0) log.info('outbox.relayed', { count: total });
  return total;
};
