import type { RateLimiter } from '../adapters/redis/rate-limiter.ts';
import type { SessionProof } from '../domain/session.ts';
import { clientNetwork } from '../platform/address.ts';
import type { AnyOperation, Environment, Visitor } from '../platform/operation.ts';
import type { RateState } from '../platform/rate.ts';
import { requireAdmitted } from './address-gate.ts';
import { budgets, tightest } from './budgets.ts';
import { prove, requireLive } from './credentials.ts';
import { operationRouter } from './http/router.ts';

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

type Admission = { rate: RateState | undefined; who: SessionProof | undefined };

type Parts = {
  operations: readonly AnyOperation[];
  environment: Environment;
  /** Whether lists of addresses apply; what tells a platform that we are alive must not need them. */
  gated: boolean;
};

export const assemble = async ({ operations, environment, gated }: Parts): Promise<Service> => {
  const { network, person } = await budgets();
  return {
    operations,
    environment,
    route: operationRouter(operations),
    admit: async (visitor, authorization) => {
      if (gated) await requireAdmitted(visitor);
      return admit(network, person, visitor, authorization);
    },
  };
};

/** All questions to Redis leave in the same tick and so in one round trip. */
const admit = async (
  ofNetwork: RateLimiter,
  ofPerson: RateLimiter,
  visitor: Visitor,
  authorization: string | undefined,
): Promise<Admission> => {
  const proof = prove(authorization);
  const live = proof.then(who => who && requireLive(who).then(() => who));
  // Judged last: a bad token is refused, but not before it has cost its network a request.
  live.catch(() => undefined);
  const person = proof.then(
    who => who && ofPerson(String(who.userId)),
    () => undefined,
  );
  const rate = await tightest(ofNetwork(clientNetwork(visitor.address)), person, visitor);
  return { rate, who: await live };
};
