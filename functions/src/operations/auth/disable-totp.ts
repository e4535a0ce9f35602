import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import type { AddEvents } from '../events/project-event.ts';
import { nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { password, secondFactorCode } from './auth-fields.ts';
import { type FreshProofDeps, requireFreshProof } from './fresh-proof.ts';
import { notice } from './open-session.ts';
import { type CodeDeps, type CodeUnit, requireCode } from './prove-code.ts';
import { type ProofDeps, requirePassword } from './prove-identity.ts';
import { record, type SecurityLog } from './security-log.ts';

type Unit = {
  secondFactors: { remove(userId: number): Promise<void> };
  securityEvents: SecurityLog;
  outbox: AddEvents;
};

type Deps = FreshProofDeps &
  ProofDeps &
  Omit<CodeDeps, 'inTransaction'> & {
    secondFactors: { isEnabled(userId: number): Promise<boolean> };
    inTransaction: InTransaction<Unit & CodeUnit>;
  };

export const disableTotp = defineOperation({
  name: 'auth/disableTotp',
  summary: 'Turns the second factor off, against password and code',
  route: 'POST /auth/mfa/totp/disable',
  access: 'user',
  input: z.strictObject({ password: password.optional(), code: secondFactorCode }),
  output: nothing,
  status: 204,
  failures: ['conflict', 'invalid_credentials', 'reauthentication_required', 'rate_limited'],
  run: async (deps: Deps, caller, { password: given, code }) => {
    await requireFreshProof(deps, caller);
    if (!(await deps.secondFactors.isEnabled(caller.userId))) throw new Failure('conflict');
    // Who has no password signed in with Google just now: that was the first proof.
    const hasPassword = (await deps.users.passwordOf(caller.userId)) !== undefined;
    if (hasPassword) await requirePassword(deps, caller, given ?? '');
    await requireCode(deps, caller, caller.userId, code);
    await deps.inTransaction(async ({ secondFactors, securityEvents, outbox }) => {
      await secondFactors.remove(caller.userId);
      await record(securityEvents, caller, { type: 'second_factor.disabled', outcome: 'success' });
      await outbox.add(notice(caller.userId, 'second_factor_disabled'));
    });
    return null;
  },
});
