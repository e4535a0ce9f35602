import { AggregatorRegistry, collectDefaultMetrics, type Registry } from 'prom-client';
import { type Metric, metrics } from '../../platform/metrics.ts';

/** A value that is known only at the moment of asking. */
export type Gauge = {
  name: string;
  help: string;
  values: { labels?: Record<string, string>; value: number }[];
};

type Sample = { metricName?: string; labels: Record<string, string | number>; value: number };
type Row = { labels: readonly string[]; part: string; amount: number };

export const contentType = 'text/plain; version=0.0.4; charset=utf-8';

let own: Registry | undefined;

/** Text in the format of Prometheus: totals of all instances, what is true now, and this process itself. */
export const exposition = async (
  totals: Record<string, number>,
  gauges: Gauge[],
): Promise<string> => {
  const rows = rowsOf(totals);
  const counted = Object.values<Metric>(metrics).map(metric => ({
    name: metric.name,
    help: metric.help,
    type: metric.buckets ? 'histogram' : 'counter',
    aggregator: 'sum',
    values: samples(metric, rows.get(metric.name) ?? []),
  }));
  const now = gauges.map(({ name, help, values }) => ({
    name,
    help,
    type: 'gauge',
    aggregator: 'sum',
    values: values.map(({ labels = {}, value }) => ({ labels, value })),
  }));
  const registry = AggregatorRegistry.aggregate([[...counted, ...now]]);
  return `${await registry.metrics()}\n${await thisProcess().metrics()}`;
};

/** Memory, collections and event loop of the instance that answers; of the others it knows nothing. */
const thisProcess = (): Registry => {
  if (own) return own;
  own = new AggregatorRegistry();
  collectDefaultMetrics({ register: own, prefix: 'pmbot_answering_instance_' });
  return own;
};

const rowsOf = (totals: Record<string, number>): Map<string, Row[]> => {
  const found = new Map<string, Row[]>();
  for (const [series, amount] of Object.entries(totals)) {
    const [name = '', part = '', ...labels] = series.split('|');
    found.set(name, [...(found.get(name) ?? []), { labels, part, amount }]);
  }
  return found;
};

const samples = (metric: Metric, rows: Row[]): Sample[] =>
  metric.buckets
    ? [...Map.groupBy(rows, ({ labels }) => labels.join('|')).values()].flatMap(group =>
        histogram(metric, group),
      )
    : rows.map(({ labels, amount }) => ({ labels: named(metric, labels), value: amount }));

/** Buckets are kept apart and shown as the format wants them: each with all below it. */
const histogram = (metric: Metric, group: Row[]): Sample[] => {
  const labels = named(metric, group[0]?.labels ?? []);
  const amountOf = (part: string) => group.find(row => row.part === part)?.amount ?? 0;
  let total = 0;
  const buckets = (metric.buckets ?? []).map((le, index) => {
    total += amountOf(`b${index}`);
    return { metricName: `${metric.name}_bucket`, labels: { le, ...labels }, value: total };
  });
  total += amountOf('inf');
  return [
    ...buckets,
    { metricName: `${metric.name}_bucket`, labels: { le: '+Inf', ...labels }, value: total },
    { metricName: `${metric.name}_sum`, labels, value: amountOf('sum') / 1e6 },
    { metricName: `${metric.name}_count`, labels, value: total },
  ];
};

const named = (metric: Metric, values: readonly string[]): Record<string, string> =>
  Object.fromEntries(metric.labels.map((label, index) => [label, values[index] ?? '']));
