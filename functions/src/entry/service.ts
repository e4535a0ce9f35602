import type { RateLimiter } from '../adapters/redis/rate-limiter.ts';
import { clientNetwork } from '../platform/address.ts';
import { config } from '../platform/config.ts';
import { Failure } from '../platform/failure.ts';
import { log } from '../platform/log.ts';
import type { AnyOperation, Environment, Visitor } from '../platform/operation.ts';
import type { RateState } from '../platform/rate.ts';
import { requireAdmitted } from './address-gate.ts';
import type { Identity } from './credentials.ts';
import { secondsUntil } from './http/respond.ts';
import { operationRouter } from './http/router.ts';
import { redis } from './wiring/connections.ts';

/** One service, ready to serve: its operations and everything that they stand on. */
export type Service = {
  operations: readonly AnyOperation[];
  route: ReturnType<typeof operationRouter>;
  environment: Environment;
  /** Counts a request against the budgets of its network and its person; fails when one is spent. */
  admit(visitor: Visitor, identity: Promise<Identity | undefined>): Promise<Admission>;
  identify(authorization: string | undefined): Promise<Identity | undefined>;
};

type Admission = { rate: RateState | undefined; who: Identity | undefined };

type Parts = {
  operations: readonly AnyOperation[];
  environment: Environment;
  identify: Service['identify'];
};

export const assemble = async ({ operations, environment, identify }: Parts): Promise<Service> => {
  const { rateLimiter } = await import('../adapters/redis/rate-limiter.ts');
  const perMinute = config().RATE_LIMIT_PER_MINUTE;
  const counters = await redis();
  const networks = rateLimiter(counters, 'network', perMinute);
  const people = rateLimiter(counters, 'user', perMinute);
  return {
    operations,
    environment,
    identify,
    route: operationRouter(operations),
    admit: (visitor, identity) => admit(networks, people, visitor, identity),
  };
};

const admit = async (
  networks: RateLimiter,
  people: RateLimiter,
  visitor: Visitor,
  identity: Promise<Identity | undefined>,
): Promise<Admission> => {
  const person = identity.then(
    who => who && people(String(who.userId)),
    // A bad token is refused below, but not before it has cost its network a request.
    () => undefined,
  );
  await requireAdmitted(visitor);
  const counted = await Promise.all([networks(clientNetwork(visitor.address)), person]).catch(
    (error: unknown): (RateState | undefined)[] => {
      // Without its counters the service stays open; routes that guess at secrets count for themselves.
      log.error('rate.unavailable', error, { requestId: visitor.requestId });
      return [];
    },
  );
  const states = counted.filter(state => state !== undefined);
  const spent = states.find(state => !state.allowed);
  if (spent)
    throw new Failure('rate_limited', { retryAfter: secondsUntil(spent.resetAt), rate: spent });
  const rate = states.toSorted((a, b) => a.remaining - b.remaining)[0];
  return { rate, who: await identity };
};
