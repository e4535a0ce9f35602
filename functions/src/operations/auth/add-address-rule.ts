import { z } from 'zod';
import { type AddressRule, isBlocked, normalRange } from '../../domain/address-rule.ts';
import { Failure } from '../../platform/failure.ts';
import { inBothLanguages } from '../../platform/operation.ts';
import { text } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { type AddressRuleView, addressRule } from './address-rule-schema.ts';
import { wording } from './auth-wording.ts';
import { type FreshProofDeps, requireFreshProof } from './fresh-proof.ts';
import { type AdminDeps, requireAdmin } from './require-admin.ts';
import { record, type SecurityLog } from './security-log.ts';

type Deps = AdminDeps &
  FreshProofDeps & {
    addressRules: {
      list(): Promise<AddressRuleView[]>;
      insert(
        rule: AddressRule & { note: string },
        by: number,
      ): Promise<AddressRuleView | undefined>;
    };
    securityEvents: SecurityLog;
  };

export const addAddressRule = defineOperation({
  name: 'auth/addAddressRule',
  summary: 'Allows or denies an address or range for everybody; for administrators',
  route: 'POST /auth/admin/address-rules',
  access: 'user',
  input: z.strictObject({
    effect: z.enum(['allow', 'deny']),
    range: z
      .string()
      .max(60)
      .refine(range => normalRange(range) !== undefined, {
        error: inBothLanguages(wording.badRange),
      })
      .transform(range => normalRange(range) ?? range),
    note: text(200).default(''),
    /** Needed when the rule would shut out the administrator who makes it. */
    confirmOwnLockout: z.boolean().default(false),
  }),
  output: addressRule,
  refuses: ['range'],
  status: 201,
  creates: true,
  failures: ['forbidden', 'conflict', 'reauthentication_required'],
  run: async (deps: Deps, caller, { confirmOwnLockout, ...rule }) => {
    await requireAdmin(deps, caller);
    await requireFreshProof(deps, caller);
    const after = [...(await deps.addressRules.list()), rule];
    if (!confirmOwnLockout && isBlocked(after, caller.address))
      throw new Failure('conflict', { detail: wording.ownLockout });
    const added = await deps.addressRules.insert(rule, caller.userId);
    if (!added) throw new Failure('conflict');
    const { effect, range } = rule;
    const details = { effect, range };
    await record(deps.securityEvents, caller, {
      type: 'address_rule.added',
      outcome: 'success',
      details,
    });
    return added;
  },
});
