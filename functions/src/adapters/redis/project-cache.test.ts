import { describe, expect, it } from 'vitest';
import { config } from '../../platform/config.ts';
import { metrics, seriesOf, takeAdded } from '../../platform/metrics.ts';
import { openRedis } from './client.ts';
import { projectCache } from './project-cache.ts';

const connect = () => {
  const { UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } = config();
  return openRedis(UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN);
};

let lastProject = Math.floor(Math.random() * 1e9) * 1_000;
const fresh = () => ++lastProject;
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** Answers 1, 2, 3, … and takes its time. */
const slowCounter = (ms: number) => {
  let count = 0;
  return async () => {
    const value = ++count;
    await pause(ms);
    return value;
  };
};

describe('projectCache', () => {
  it('computes once and says whether it did', async () => {
    const { remember } = projectCache(connect);
    const [project, compute] = [fresh(), slowCounter(0)];
    expect(await remember(project, 'x', compute)).toEqual({ value: 1, cached: false });
    expect(await remember(project, 'x', compute)).toEqual({ value: 1, cached: true });
    expect(await remember(project, 'y', compute)).toEqual({ value: 2, cached: false });
  });

  it('computes once for fifty who ask at the same moment of two instances', async () => {
    const [one, two] = [projectCache(connect), projectCache(connect)];
    const [project, compute] = [fresh(), slowCounter(100)];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 ? one : two).remember(project, 'x', compute),
      ),
    );
    expect(new Set(answers.map(answer => answer.value))).toEqual(new Set([1]));
  });

  it('forgets after a write', async () => {
    const cache = projectCache(connect);
    const [project, compute] = [fresh(), slowCounter(0)];
    await cache.remember(project, 'x', compute);
    await cache.forget([project]);
    expect(await cache.remember(project, 'x', compute)).toEqual({ value: 2, cached: false });
  });

  it('never serves what was computed from data older than the last write', async () => {
    const cache = projectCache(connect);
    const [project, compute] = [fresh(), slowCounter(80)];
    const slow = cache.remember(project, 'x', compute);
    await pause(30);
    await cache.forget([project]);
    const afterWrite = await cache.remember(project, 'x', compute);
    expect((await slow).value).toBe(1);
    expect(afterWrite).toEqual({ value: 2, cached: false });
    expect(await cache.remember(project, 'x', compute)).toEqual({ value: 2, cached: true });
  });

  it('passes a failure on and tries again next time', async () => {
    const cache = projectCache(connect);
    const project = fresh();
    const broken = cache.remember(project, 'x', () => Promise.reject(new Error('broken')));
    await expect(broken).rejects.toThrow('broken');
    expect(await cache.remember(project, 'x', slowCounter(0))).toMatchObject({ value: 1 });
  });

  it('works without Redis, only slower', async () => {
    const cache = projectCache(() => openRedis('http://127.0.0.1:1', 'x'));
    expect(await cache.remember(1, 'x', slowCounter(0))).toEqual({ value: 1, cached: false });
  });

  it('counts hits and misses', async () => {
    const cache = projectCache(connect);
    takeAdded();
    const [project, compute] = [fresh(), slowCounter(0)];
    for (let call = 0; call < 4; call++) await cache.remember(project, 'x', compute);
    await cache.remember(fresh(), 'x', compute);
    const counted = takeAdded();
    expect(counted.get(seriesOf(metrics.cacheRequests, ['hit']))).toBe(3);
    expect(counted.get(seriesOf(metrics.cacheRequests, ['miss']))).toBe(2);
  });
});
