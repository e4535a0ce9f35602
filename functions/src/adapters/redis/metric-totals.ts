import type { Redis } from '@upstash/redis';
import type { Added } from '../../platform/metrics.ts';

const key = 'metrics:totals';

/** Totals of all instances. They only grow, so that an instance may come and go without a trace. */
export const metricTotals = (connect: () => Promise<Redis>) => ({
  add: async (added: Added): Promise<void> => {
    const redis = await connect();
    const pipeline = redis.multi();
    for (const [series, amount] of added) pipeline.hincrby(key, series, amount);
    await pipeline.exec();
  },

  read: async (): Promise<Record<string, number>> =>
    (await (await connect()).hgetall<Record<string, number>>(key)) ?? {},
});
