import { beforeEach, describe, expect, it } from 'vitest';
import {
  count,
  handOn,
  metrics,
  observe,
  reportMetricsTo,
  seriesOf,
  takeAdded,
  working,
} from './metrics.ts';

beforeEach(() => void takeAdded());

const series = (part: string) => seriesOf(metrics.requestDuration, ['x'], part);

describe('counting', () => {
  it('adds up by series and starts anew once taken', () => {
    count(metrics.rateLimited, ['user']);
    count(metrics.rateLimited, ['user'], 2);
    count(metrics.rateLimited, ['network']);
    expect([...takeAdded().values()]).toEqual([3, 1]);
    expect(takeAdded().size).toBe(0);
  });

  it('puts durations into buckets, and what is beyond them all into the last', () => {
    for (const duration of [0.001, 0.005, 0.2, 60])
      observe(metrics.requestDuration, duration, ['x']);
    const taken = takeAdded();
    expect(taken.get(series('b0'))).toBe(2);
    expect(taken.get(series('b5'))).toBe(1);
    expect(taken.get(series('inf'))).toBe(1);
    expect(taken.get(series('sum'))).toBe(60_206_000);
  });

  it('keeps what could not be handed on, and adds what came meanwhile', async () => {
    const received: number[] = [];
    let fails = true;
    reportMetricsTo(async taken => {
      if (fails) throw new Error('away');
      received.push(...taken.values());
    });
    count(metrics.rateLimited, ['user']);
    await handOn();
    count(metrics.rateLimited, ['user']);
    fails = false;
    await handOn();
    await handOn();
    expect(received).toEqual([2]);
  });

  it('notices that the event loop stood still, while work is under way', async () => {
    const done = working();
    await new Promise(resolve => setTimeout(resolve, 60));
    const until = performance.now() + 150;
    while (performance.now() < until);
    await new Promise(resolve => setTimeout(resolve, 60));
    done();
    const taken = takeAdded();
    expect(taken.get(seriesOf(metrics.eventLoopLag, [], 'sum'))).toBeGreaterThan(90_000);
    expect(takeAdded().size).toBe(0);
  });
});
