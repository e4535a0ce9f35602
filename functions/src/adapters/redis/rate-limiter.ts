import { Ratelimit } from '@upstash/ratelimit';
import type { Redis } from '@upstash/redis';
import type { RateState } from '../../platform/rate.ts';

export type RateLimiter = (key: string) => Promise<RateState>;

/** A sliding window of one minute shared by all instances; `prefix` keeps budgets apart. */
export const rateLimiter = (redis: Redis, prefix: string, perMinute: number): RateLimiter => {
  const limiter = new Ratelimit({
    redis,
    prefix: `rate:${prefix}`,
    limiter: Ratelimit.slidingWindow(perMinute, '1 m'),
    // A local memory of refused keys would go on refusing after an operator cleared the window.
    ephemeralCache: false,
    timeout: 0,
  });
  return async key => {
    const { success, limit, remaining, reset } = await limiter.limit(key);
    return { allowed: success, limit, remaining: Math.max(0, remaining), resetAt: reset };
  };
};
