import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Something that is counted. `labels` are never values of people, and few: every combination is kept. */
export type Metric = {
  name: string;
  help: string;
  labels: readonly string[];
  /** Upper bounds of a histogram's buckets; without them it is a counter. */
  buckets?: readonly number[];
};

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Everything that is counted, by the name it has in the code. */
export const metrics = {
  requests: {
    name: 'pmbot_requests_total',
    help: 'Calls by transport, operation and outcome: ok, or the code of the failure',
    labels: ['transport', 'operation', 'code'],
  },
  requestDuration: {
    name: 'pmbot_request_duration_seconds',
    help: 'Time from a call to its answer',
    labels: ['operation'],
    buckets: seconds,
  },
  rateLimited: {
    name: 'pmbot_rate_limited_total',
    help: 'Calls that were refused because a budget was spent',
    labels: ['budget'],
  },
  cacheRequests: {
    name: 'pmbot_cache_requests_total',
    help: 'Questions to the cache of what is computed from projects: hit or miss',
    labels: ['result'],
  },
  events: {
    name: 'pmbot_events_total',
    help: 'Events that consumers worked off, by topic: done, or failed and to be delivered again',
    labels: ['topic', 'outcome'],
  },
  eventDelay: {
    name: 'pmbot_event_delay_seconds',
    help: 'Time from what happened until a consumer was done with it',
    labels: ['topic'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3_600],
  },
  webhookDeliveries: {
    name: 'pmbot_webhook_deliveries_total',
    help: 'Attempts to deliver to webhooks: delivered, to be retried, or given up',
    labels: ['outcome'],
  },
  poolWait: {
    name: 'pmbot_database_pool_wait_seconds',
    help: 'Time until a connection of the pool was to be had',
    labels: [],
    buckets: [0.001, ...seconds],
  },
  poolInUse: {
    name: 'pmbot_database_pool_in_use',
    help: 'Connections of an instance in use each time that another was taken, that one included',
    labels: [],
    buckets: [1, 2, 3, 5, 10, 20, 50],
  },
  eventLoopLag: {
    name: 'pmbot_event_loop_lag_seconds',
    help: 'Longest delay of the event loop in each ten seconds of an instance at work',
    labels: [],
    buckets: [0.025, ...seconds.slice(3)],
  },
} as const satisfies Record<string, Metric>;

/** What was added to each series since it was last handed on; sums are in millionths. */
export type Added = ReadonlyMap<string, number>;

type Report = (added: Added) => Promise<void>;

const reportAfterMs = 10_000;

let added = new Map<string, number>();
let report: Report | undefined;
let timer: NodeJS.Timeout | undefined;

/** The field of a series: metric, values of its labels and, in a histogram, the bucket or sum. */
export const seriesOf = ({ name }: Metric, labels: readonly string[], part = ''): string =>
  [name, part, ...labels].join('|');

const add = (series: string, amount: number): void => {
  added.set(series, (added.get(series) ?? 0) + amount);
  // An instance that is frozen between requests reports when it wakes.
  if (report && !timer) timer = setTimeout(() => void handOn(), reportAfterMs).unref();
};

/** Costs a lookup in a map, so it may be called wherever something happens. */
export const count = (metric: Metric, labels: readonly string[] = [], by = 1): void =>
  add(seriesOf(metric, labels), by);

export const observe = (metric: Metric, amount: number, labels: readonly string[] = []): void => {
  const found = metric.buckets?.findIndex(bound => amount <= bound) ?? -1;
  add(seriesOf(metric, labels, found < 0 ? 'inf' : `b${found}`), 1);
  add(seriesOf(metric, labels, 'sum'), Math.round(amount * 1e6));
};

/** Says where counts are handed on to, every ten seconds while there are any. */
export const reportMetricsTo = (to: Report): void => {
  report ??= to;
};

/** Takes what was counted since the last time. */
export const takeAdded = (): Added => {
  if (delays?.max) observe(metrics.eventLoopLag, Math.min(delays.max / 1e9, 600));
  delays?.reset();
  const taken = added;
  added = new Map();
  return taken;
};

/** Hands counts on at once; what cannot be handed on is kept for the next time. */
export const handOn = async (): Promise<void> => {
  clearTimeout(timer);
  timer = undefined;
  const taken = takeAdded();
  if (!report || taken.size === 0) return;
  await report(taken).catch(() => {
    for (const [series, amount] of taken) add(series, amount);
  });
};

let delays: ReturnType<typeof monitorEventLoopDelay> | undefined;
let busy = 0;

/**
 * Notes that work is under way, until the answer is called. The event loop is watched only meanwhile:
 * between requests the platform may take the processor away, which is no delay of ours.
 */
export const working = (): (() => void) => {
  delays ??= monitorEventLoopDelay({ resolution: 20 });
  if (busy++ === 0) delays.enable();
  return () => {
    if (--busy === 0) delays?.disable();
  };
};
