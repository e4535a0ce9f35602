import type { Redis } from '@upstash/redis';

export type Attempt = {
  allowed: boolean;
  /** How many were taken in this window, this one included. */
  taken: number;
  /** Seconds until the window ends. */
  retryAfter: number;
};

/**
 * Counts tries before they are made, in windows that all instances share. An attempt is taken first and
 * given back when it turns out harmless, so that a burst never gets more tries than the limit.
 */
export const attemptBudget = (redis: () => Promise<Redis>) => ({
  take: async (key: string, limit: number, seconds: number): Promise<Attempt> => {
    const [, taken, left] = await (await redis())
      .multi()
      .set(keyOf(key), 0, { nx: true, ex: seconds })
      .incr(keyOf(key))
      .ttl(keyOf(key))
      .exec<[unknown, number, number]>();
    return { allowed: taken <= limit, taken, retryAfter: Math.max(1, left) };
  },

  giveBack: async (key: string): Promise<void> => {
    await (await redis()).decr(keyOf(key));
  },

  reset: async (key: string): Promise<void> => {
    await (await redis()).del(keyOf(key));
  },
});

const keyOf = (key: string): string => `attempts:${key}`;
