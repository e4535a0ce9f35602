import { expect, it } from 'vitest';
import { growth, type Histogram, mergedHistograms, quantile } from './histogram.ts';

const histogramOf = (values: number[]): Histogram => {
  const histogram: Histogram = {};
  for (const value of values) {
    const bucket = Math.floor(Math.log(Math.max(value, 1)) / Math.log(growth));
    histogram[bucket] = (histogram[bucket] ?? 0) + 1;
  }
  return histogram;
};

it('tells quantiles to within five percent, also of merged days', () => {
  const values = Array.from({ length: 1_000 }, (_, index) => index + 1);
  const halves = [histogramOf(values.slice(0, 500)), histogramOf(values.slice(500))];
  const merged = mergedHistograms(halves);
  for (const share of [0.5, 0.9, 0.95])
    expect(Math.abs((quantile(merged, share) ?? 0) / (share * 1_000) - 1)).toBeLessThan(0.055);
});

it('has nothing to tell of no values', () => {
  expect(quantile({}, 0.5)).toBeUndefined();
});
