import type { Gauge } from '../../adapters/metrics/exposition.ts';
import { metricTotals } from '../../adapters/redis/metric-totals.ts';
import { type Backlog, backlogOf } from '../../data/backlog.ts';
import { handOn, metrics, seriesOf } from '../../platform/metrics.ts';
import { database, redis } from './connections.ts';

export const totals = metricTotals(redis);

/** The page that Prometheus reads. */
export const metricsPage = async (): Promise<{ contentType: string; text: string }> => {
  const { contentType, exposition } = await import('../../adapters/metrics/exposition.ts');
  await handOn();
  const [counted, backlog] = await Promise.all([totals.read(), database().then(backlogOf)]);
  const gauges = [...backlogGauges(backlog), hitRatio(counted)];
  return { contentType, text: await exposition(counted, gauges) };
};

const gauge = (name: string, help: string, value: number): Gauge => ({
  name,
  help,
  values: [{ value }],
});

const backlogGauges = (backlog: Backlog): Gauge[] => [
  gauge(
    'pmbot_outbox_waiting',
    'Events that were not published yet; counted up to 10,000',
    backlog.outboxWaiting,
  ),
  gauge('pmbot_outbox_lag_seconds', 'Age of the oldest event that waits', backlog.outboxLag),
  gauge('pmbot_webhooks_waiting', 'Deliveries to come; up to 10,000', backlog.webhooksWaiting),
  {
    name: 'pmbot_dead_letters',
    help: 'What was given up in the last 30 days and can be sent again by hand; up to 10,000',
    values: [{ labels: { queue: 'webhooks' }, value: backlog.webhooksGivenUp }],
  },
];

const hitRatio = (counted: Record<string, number>): Gauge => {
  const of = (result: string) => counted[seriesOf(metrics.cacheRequests, [result])] ?? 0;
  const [hits, misses] = [of('hit'), of('miss')];
  return gauge(
    'pmbot_cache_hit_ratio',
    'Share of questions to the cache that it answered, since counting began',
    hits + misses === 0 ? 0 : hits / (hits + misses),
  );
};
