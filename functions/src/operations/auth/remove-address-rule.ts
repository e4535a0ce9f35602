import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { type FreshProofDeps, requireFreshProof } from './fresh-proof.ts';
import { type AdminDeps, requireAdmin } from './require-admin.ts';
import { record, type SecurityLog } from './security-log.ts';

type Deps = AdminDeps &
  FreshProofDeps & {
    addressRules: { remove(id: number): Promise<boolean> };
    securityEvents: SecurityLog;
  };

export const removeAddressRule = defineOperation({
  name: 'auth/removeAddressRule',
  summary: 'Takes an address rule away; for administrators',
  route: 'DELETE /auth/admin/address-rules/{ruleId}',
  access: 'user',
  input: z.strictObject({ ruleId: id }),
  output: nothing,
  status: 204,
  failures: ['forbidden', 'not_found', 'reauthentication_required'],
  run: async (deps: Deps, caller, { ruleId }) => {
    await requireAdmin(deps, caller);
    await requireFreshProof(deps, caller);
    if (!(await deps.addressRules.remove(ruleId))) throw new Failure('not_found');
    await record(deps.securityEvents, caller, {
      type: 'address_rule.removed',
      outcome: 'success',
      details: { ruleId },
    });
    return null;
  },
});
