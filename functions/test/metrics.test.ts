import { beforeAll, describe, expect, it } from 'vitest';
import { metricTotals } from '../src/adapters/redis/metric-totals.ts';
import { redis } from '../src/entry/wiring/connections.ts';
import { count, metrics, observe, seriesOf, takeAdded } from '../src/platform/metrics.ts';
import { type Product, serveProduct } from './support/product.ts';

const token = 'an-operators-secret-token';
let product: Product;

beforeAll(async () => {
  product = await serveProduct({ METRICS_TOKEN: token });
});

const page = (authorization?: string, method = 'GET') =>
  fetch(`${product.url}/metrics`, {
    method,
    headers: authorization === undefined ? {} : { authorization },
  });
const text = async () => (await page(`Bearer ${token}`)).text();
/** The value of a series, written as the format writes it. */
const valueOf = (content: string, series: string): number =>
  Number(
    content
      .split('\n')
      .find(line => line.startsWith(`${series} `))
      ?.slice(series.length + 1) ?? 0,
  );

describe('/metrics', () => {
  it('does not exist for anybody but the operator', async () => {
    const unknown = await fetch(`${product.url}/nothing-here`);
    const { requestId: _id, ...said } = (await unknown.json()) as Record<string, unknown>;
    const member = await product.signedIn('Marta Miembro');
    for (const wrong of [undefined, 'Bearer x', `Basic ${token}`, `Bearer ${member.accessToken}`]) {
      const answer = await page(wrong);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject(said);
    }
    expect((await page(`Bearer ${token}`, 'POST')).status).toBe(404);
  });

  it('is text in the format of Prometheus', async () => {
    const answer = await page(`Bearer ${token}`);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    for (const line of (await answer.text()).split('\n').filter(Boolean))
      expect(line).toMatch(/^(?:# (?:HELP|TYPE) \S+ .+|[a-z_]\w*(?:\{.*\})? [-+\w.]+)$/i);
  });

  it('counts calls by operation and outcome, with how long they took', async () => {
    const { accessToken } = await product.signedIn('Olga Dueña');
    const before = await text();
    await product.http('POST', '/projects', { name: 'Uno' }, { token: accessToken });
    await product.http('GET', '/projects/404', undefined, { token: accessToken });
    await product.http('GET', '/no-such-path-of-ours');
    const after = await text();
    const grown = (series: string) => valueOf(after, series) - valueOf(before, series);
    const call = (operation: string, code: string) =>
      grown(`pmbot_requests_total{transport="https",operation="${operation}",code="${code}"}`);
    expect(call('projects/createProject', 'ok')).toBe(1);
    expect(call('projects/getProject', 'not_found')).toBe(1);
    expect(call('unknown', 'not_found')).toBeGreaterThanOrEqual(1);
    // Names that callers make up must not become series.
    expect(after).not.toContain('no-such-path-of-ours');
    const duration = 'pmbot_request_duration_seconds';
    const of = 'operation="projects/createProject"';
    expect(grown(`${duration}_count{${of}}`)).toBe(1);
    expect(grown(`${duration}_bucket{le="+Inf",${of}}`)).toBe(1);
    expect(grown(`${duration}_sum{${of}}`)).toBeGreaterThan(0);
    const buckets = [
      ...after.matchAll(/_duration_seconds_bucket\{le="[\d.]+",.*createProject"\} (\d+)/g),
    ];
    const counts = buckets.map(match => Number(match[1]));
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(grown('pmbot_database_pool_wait_seconds_count')).toBeGreaterThan(0);
  });

  it('adds up what all instances count, and shows the hit ratio of the status cache', async () => {
    const before = await text();
    // Another instance reports.
    takeAdded();
    count(metrics.cacheRequests, ['hit'], 8);
    count(metrics.cacheRequests, ['miss'], 2);
    observe(metrics.eventDelay, 0.2, ['mail']);
    const { add } = metricTotals(redis);
    await Promise.all([
      add(takeAdded()),
      add(new Map([[seriesOf(metrics.cacheRequests, ['hit']), 5]])),
    ]);
    const after = await text();
    const hits = 'pmbot_cache_requests_total{result="hit"}';
    expect(valueOf(after, hits) - valueOf(before, hits)).toBe(13);
    const ratio =
      valueOf(after, hits) / (valueOf(after, hits) + valueOf(after, hits.replace('hit', 'miss')));
    expect(valueOf(after, 'pmbot_cache_hit_ratio')).toBeCloseTo(ratio);
    const mail = 'pmbot_event_delay_seconds_count{topic="mail"}';
    expect(valueOf(after, mail) - valueOf(before, mail)).toBe(1);
  });

  it('tells what waits to go out and what was given up', async () => {
    const { db } = product;
    await db
      .insertInto('outbox')
      .values({ topic: 'imports', type: 'x', payload: '{}', occurred_at: '2026-01-01T00:00:00Z' })
      .execute();
    const content = await text();
    expect(valueOf(content, 'pmbot_outbox_waiting')).toBeGreaterThanOrEqual(1);
    expect(valueOf(content, 'pmbot_outbox_lag_seconds')).toBeGreaterThan(3_600);
    expect(content).toContain('pmbot_dead_letters{queue="webhooks"} 0');
    expect(content).toContain('pmbot_answering_instance_nodejs_eventloop_lag_seconds');
  });
});
