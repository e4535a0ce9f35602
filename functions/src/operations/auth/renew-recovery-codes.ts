import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type FreshProofDeps, requireFreshProof } from './fresh-proof.ts';
import { type RecoveryCodesDeps, recoveryCodes, replaceRecoveryCodes } from './recovery-codes.ts';
import { record, type SecurityLog } from './security-log.ts';

type Deps = FreshProofDeps & {
  secondFactors: { isEnabled(userId: number): Promise<boolean> };
  inTransaction: InTransaction<RecoveryCodesDeps & { securityEvents: SecurityLog }>;
};

export const renewRecoveryCodes = defineOperation({
  name: 'auth/renewRecoveryCodes',
  summary: 'Replaces the recovery codes; the old ones stop working',
  route: 'POST /auth/mfa/recovery-codes',
  access: 'user',
  input: z.strictObject({}),
  output: recoveryCodes,
  failures: ['conflict', 'reauthentication_required'],
  run: async (deps: Deps, caller) => {
    await requireFreshProof(deps, caller);
    if (!(await deps.secondFactors.isEnabled(caller.userId))) throw new Failure('conflict');
    return deps.inTransaction(async unit => {
      await record(unit.securityEvents, caller, {
        type: 'recovery_codes.replaced',
        outcome: 'success',
      });
      return { recoveryCodes: await replaceRecoveryCodes(unit, caller.userId) };
    });
  },
});
