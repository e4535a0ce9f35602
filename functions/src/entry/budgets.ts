import { config } from '../platform/config.ts';
import { Failure } from '../platform/failure.ts';
import { log } from '../platform/log.ts';
import { count, metrics } from '../platform/metrics.ts';
import { once } from '../platform/once.ts';
import type { Visitor } from '../platform/operation.ts';
import type { RateState } from '../platform/rate.ts';
import { secondsUntil } from './http/respond.ts';
import { redis } from './wiring/connections.ts';

/** What a network and a person may ask for in a minute, over all instances and transports. */
export const budgets = once(async () => {
  const { rateLimiter } = await import('../adapters/redis/rate-limiter.ts');
  const [counters, perMinute] = [await redis(), config().RATE_LIMIT_PER_MINUTE];
  return {
    network: rateLimiter(counters, 'network', perMinute),
    person: rateLimiter(counters, 'user', perMinute),
  };
});

type Counted = RateState | undefined;

/** The one of both budgets that is nearer to its end; fails when one is spent. */
export const tightest = async (
  network: Promise<Counted>,
  person: Promise<Counted>,
  { requestId }: Visitor,
): Promise<Counted> => {
  const counted = await Promise.all([network, person]).catch((error: unknown): Counted[] => {
    // Without its counters the service stays open; routes that guess at secrets count for themselves.
    log.error('rate.unavailable', error, { requestId });
    return [];
  });
  const states = counted.filter(state => state !== undefined);
  const spent = states.find(state => !state.allowed);
  if (!spent) return states.toSorted((a, b) => a.remaining - b.remaining)[0];
  count(metrics.rateLimited, [spent === counted[0] ? 'network' : 'user']);
  throw new Failure('rate_limited', { retryAfter: secondsUntil(spent.resetAt), rate: spent });
};
