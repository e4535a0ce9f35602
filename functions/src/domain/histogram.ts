/** How many values fell into which bucket. Buckets grow by a tenth, so that a quantile is right to 5 %. */
export type Histogram = Record<string, number>;

/** Bucket `n` holds what lies from `growth ** n` up to the next; less than 1 counts as 1. */
export const growth = 1.1;

export const mergedHistograms = (histograms: readonly Histogram[]): Histogram => {
  const merged: Histogram = {};
  for (const histogram of histograms)
    for (const [bucket, count] of Object.entries(histogram))
      merged[bucket] = (merged[bucket] ?? 0) + count;
  return merged;
};

/** The value below which that share lies; nothing of an empty histogram. */
export const quantile = (histogram: Histogram, share: number): number | undefined => {
  const buckets = Object.entries(histogram)
    .map(([bucket, count]) => ({ bucket: Number(bucket), count }))
    .toSorted((a, b) => a.bucket - b.bucket);
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  let left = Math.max(1, Math.ceil(total * share));
  for (const { bucket, count } of buckets) {
    left -= count;
    if (left <= 0) return Math.round(growth ** (bucket + 0.5) * 10) / 10;
  }
  return undefined;
};
