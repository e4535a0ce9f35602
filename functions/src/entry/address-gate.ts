import { type AddressRule, isBlocked } from '../domain/address-rule.ts';
import { clientNetwork } from '../platform/address.ts';
import { Failure } from '../platform/failure.ts';
import { log } from '../platform/log.ts';
import type { Visitor } from '../platform/operation.ts';
import { database, redis } from './wiring/connections.ts';
import { cipher } from './wiring/tokens.ts';

/** Seconds after which a change of the rules is known to every instance. */
const freshSeconds = 10;

let known: { rules: AddressRule[]; until: number } | undefined;
let loading: Promise<AddressRule[]> | undefined;

/** Refuses addresses that administrators shut out. */
export const requireAdmitted = async (visitor: Visitor): Promise<void> => {
  if (!isBlocked(await currentRules(), visitor.address)) return;
  await report(visitor);
  throw new Failure('forbidden');
};

/** One row per network and hour: whoever is shut out must not be able to fill the log. */
const report = async (visitor: Visitor): Promise<void> => {
  const { address, requestId } = visitor;
  try {
    const [{ attemptBudget }, { securityEventRepository }] = await Promise.all([
      import('../adapters/attempts/attempt-budget.ts'),
      import('../data/security-events.ts'),
    ]);
    const key = `blocked:${clientNetwork(address)}`;
    if (!(await attemptBudget(redis).take(key, 1, 3_600)).allowed) return;
    const events = securityEventRepository(await database(), cipher());
    await events.insert({ type: 'address.blocked', outcome: 'blocked', requestId, address });
    log.warn('security.event', { type: 'address.blocked', outcome: 'blocked', address, requestId });
  } catch (error) {
    // The refusal stands whether or not it can be written down.
    log.error('address.unreported', error, { requestId });
  }
};

const currentRules = async (): Promise<AddressRule[]> => {
  if (known && known.until > Date.now()) return known.rules;
  loading ??= load().finally(() => {
    loading = undefined;
  });
  return loading;
};

const load = async (): Promise<AddressRule[]> => {
  const rules = await read().catch((error: unknown) => {
    log.error('address.rules_unread', error);
    // The last rules stand in while the database is away. Before any were read it is as good as open:
    // what matters needs the same database, and liveness has to answer without it.
    return known?.rules ?? [];
  });
  known = { rules, until: Date.now() + freshSeconds * 1000 };
  return rules;
};

const read = async (): Promise<AddressRule[]> => {
  const { addressRuleRepository } = await import('../data/address-rules.ts');
  return addressRuleRepository(await database()).list();
};
