import { metricTotals } from '../adapters/redis/metric-totals.ts';
import type { DomainEvent, Topic } from '../domain/event.ts';
import { count, metrics, observe, reportMetricsTo, working } from '../platform/metrics.ts';
import { redis } from './wiring/connections.ts';

const { add } = metricTotals(redis);

export type Measured = { operation: string | undefined; code: string | undefined };

/** Begins to measure a call; what is answered ends it and tells how long it took, in milliseconds. */
export const measureCall = (transport: 'https' | 'callable' | 'websocket') => {
  reportMetricsTo(add);
  const started = performance.now();
  const done = working();
  // Paths that we do not have are one: their names are the caller's.
  return ({ operation = 'unknown', code = 'ok' }: Measured): number => {
    done();
    const elapsedMs = performance.now() - started;
    count(metrics.requests, [transport, operation, code]);
    observe(metrics.requestDuration, elapsedMs / 1_000, [operation]);
    return Math.round(elapsedMs * 10) / 10;
  };
};

/** Works an event off and counts what became of it and how late it was. */
export const measureEvent = async (
  topic: Topic,
  event: DomainEvent,
  work: (event: DomainEvent) => Promise<unknown>,
): Promise<void> => {
  reportMetricsTo(add);
  const done = working();
  let outcome = 'failed';
  try {
    await work(event);
    outcome = 'done';
  } finally {
    done();
    count(metrics.events, [topic, outcome]);
    const age = Date.now() - Date.parse(event.occurredAt);
    if (outcome === 'done') observe(metrics.eventDelay, Math.max(0, age) / 1_000, [topic]);
  }
};
