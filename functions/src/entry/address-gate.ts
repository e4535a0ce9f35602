import { type AddressRule, isBlocked } from '../domain/address-rule.ts';
import { Failure } from '../platform/failure.ts';
import { log } from '../platform/log.ts';
import type { Visitor } from '../platform/operation.ts';
import { database } from './wiring/connections.ts';

/** Seconds after which a change of the rules is known to every instance. */
const freshSeconds = 10;

let known: { rules: AddressRule[]; until: number } | undefined;
let loading: Promise<AddressRule[]> | undefined;

/** Refuses addresses that administrators shut out. Rules that cannot be read let nobody in. */
export const requireAdmitted = async (visitor: Visitor): Promise<void> => {
  if (!isBlocked(await currentRules(), visitor.address)) return;
  const { address, requestId } = visitor;
  log.warn('security.event', { type: 'address.blocked', outcome: 'blocked', address, requestId });
  throw new Failure('forbidden');
};

const currentRules = async (): Promise<AddressRule[]> => {
  const now = Date.now();
  if (known && known.until > now) return known.rules;
  loading ??= load().finally(() => {
    loading = undefined;
  });
  // The last rules that were read stand in while the database is away.
  if (!known) return loading;
  return loading.catch(() => known?.rules ?? []);
};

const load = async (): Promise<AddressRule[]> => {
  const { addressRuleRepository } = await import('../data/address-rules.ts');
  const rules = await addressRuleRepository(await database()).list();
  known = { rules, until: Date.now() + freshSeconds * 1000 };
  return rules;
};
