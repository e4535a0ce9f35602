import type { RateLimiter } from '../adapters/redis/rate-limiter.ts';
import { clientNetwork } from '../platform/address.ts';
import { config } from '../platform/config.ts';
import { Failure } from '../platform/failure.ts';
import { log } from '../platform/log.ts';
import { count, metrics } from '../platform/metrics.ts';
import type { AnyOperation, Environment, Visitor } from '../platform/operation.ts';
import type { RateState } from '../platform/rate.ts';
import { requireAdmitted } from './address-gate.ts';
import { type Identity, prove, requireLive } from './credentials.ts';
import { secondsUntil } from './http/respond.ts';
import { operationRouter } from './http/router.ts';
import { redis } from './wiring/connections.ts';

/** One service, ready to serve: its operations and everything that they stand on. */
export type Service = {
  operations: readonly AnyOperation[];
  route: ReturnType<typeof operationRouter>;
  environment: Environment;
  /**
   * Lets a request in: refuses shut-out addresses, counts it against the budgets of its network and its
   * person, and refuses ended sessions. `Authorization` is left out where nobody needs to be known.
   */
  admit(visitor: Visitor, authorization: string | undefined): Promise<Admission>;
};

type Admission = { rate: RateState | undefined; who: Identity | undefined };

type Parts = {
  operations: readonly AnyOperation[];
  environment: Environment;
  /** Whether lists of addresses apply; what tells a platform that we are alive must not need them. */
  gated: boolean;
};

export const assemble = async ({ operations, environment, gated }: Parts): Promise<Service> => {
  const { rateLimiter } = await import('../adapters/redis/rate-limiter.ts');
  const perMinute = config().RATE_LIMIT_PER_MINUTE;
  const counters = await redis();
  const networks = rateLimiter(counters, 'network', perMinute);
  const people = rateLimiter(counters, 'user', perMinute);
  return {
    operations,
    environment,
    route: operationRouter(operations),
    admit: async (visitor, authorization) => {
      if (gated) await requireAdmitted(visitor);
      return admit(networks, people, visitor, authorization);
    },
  };
};

/** All questions to Redis leave in the same tick and so in one round trip. */
const admit = async (
  networks: RateLimiter,
  people: RateLimiter,
  visitor: Visitor,
  authorization: string | undefined,
): Promise<Admission> => {
  const proof = prove(authorization);
  const live = proof.then(who => who && requireLive(who).then(() => who));
  // Judged last: a bad token is refused, but not before it has cost its network a request.
  live.catch(() => undefined);
  const person = proof.then(
    who => who && people(String(who.userId)),
    () => undefined,
  );
  const rate = await tightest([networks(clientNetwork(visitor.address)), person], visitor);
  return { rate, who: await live };
};

/** The budget that is nearest to its end; fails when one is spent. */
const tightest = async (
  budgets: Promise<RateState | undefined>[],
  { requestId }: Visitor,
): Promise<RateState | undefined> => {
  const counted = await Promise.all(budgets).catch((error: unknown): (RateState | undefined)[] => {
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
