import type { Database } from '../../data/database.ts';
import { outboxRepository } from '../../data/outbox.ts';
import type { OutboxEvent } from '../../domain/event.ts';
import { announceEvents } from '../../operations/events/announce-events.ts';
import { log } from '../../platform/log.ts';

/** Longest time that a finished request waits for its events to go out; the relay does the rest. */
const patienceMs = 1_500;

/** Publishes what a request has committed, before it answers, and marks it without holding it up. */
export const announcer = (db: Database) => {
  const markPublished = marker(outboxRepository(db).markPublished);
  return async (events: OutboxEvent[]): Promise<void> => {
    if (events.length === 0) return;
    const { publishEvent } = await import('../../adapters/pubsub/publisher.ts');
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise(resolve => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([
      announceEvents({ publish: publishEvent, markPublished }, events),
      patience,
    ]);
    clearTimeout(timer);
  };
};

/**
 * One statement at a time marks all that was published meanwhile, whichever requests it belongs to. An
 * event whose mark is lost goes out a second time, which every consumer recognises.
 */
const marker = (mark: (eventIds: number[]) => Promise<void>) => {
  let waiting: number[] = [];
  let busy = false;
  const work = async (): Promise<void> => {
    busy = true;
    while (waiting.length > 0) {
      const eventIds = waiting;
      waiting = [];
      await mark(eventIds).catch((error: unknown) =>
        log.error('outbox.mark_failed', error, { count: eventIds.length }),
      );
    }
    busy = false;
  };
  return async (eventIds: number[]): Promise<void> => {
    waiting.push(...eventIds);
    if (!busy) void work();
  };
};
