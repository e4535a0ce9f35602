import type { DomainEvent, OutboxEvent, Topic } from '../../domain/event.ts';
import { log } from '../../platform/log.ts';

type Deps = {
  publish(topic: Topic, event: DomainEvent): Promise<void>;
  markPublished(eventIds: number[]): Promise<void>;
};

/**
 * Publishes events and marks those that went out. Never fails: what stays unmarked is published by the
 * next relay, so an event goes out at least once and its consumers must recognise a repeat.
 */
export const announceEvents = async (deps: Deps, events: OutboxEvent[]): Promise<number> => {
  if (events.length === 0) return 0;
  const outcomes = await Promise.allSettled(events.map(event => deps.publish(event.topic, event)));
  const published = events.filter((_, index) => outcomes[index]?.status === 'fulfilled');
  try {
    if (published.length > 0) await deps.markPublished(published.map(event => event.eventId));
  } catch (error) {
    log.error('outbox.mark_failed', error, { count: published.length });
  }
  const failed = outcomes.find(outcome => outcome.status === 'rejected');
  if (failed)
    log.error('outbox.publish_failed', failed.reason, { count: events.length - published.length });
  return published.length;
};
