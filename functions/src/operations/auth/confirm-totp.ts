import { z } from 'zod';
import type { EndReason } from '../../domain/session.ts';
import { Failure } from '../../platform/failure.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type Attempts, codeTries, quarterHour, spend, triesPerAccount } from './attempts.ts';
import { wording } from './auth-wording.ts';
import { type EndSessionsUnit, endSessions } from './end-sessions.ts';
import { type FreshProofDeps, requireFreshProof } from './fresh-proof.ts';
import { notice } from './open-session.ts';
import { type RecoveryCodesDeps, recoveryCodes, replaceRecoveryCodes } from './recovery-codes.ts';
import { record } from './security-log.ts';

type Unit = EndSessionsUnit &
  RecoveryCodesDeps & {
    secondFactors: {
      lockPending(userId: number): Promise<string | undefined>;
      activatePending(userId: number, step: number): Promise<void>;
    };
  };

type Deps = FreshProofDeps & {
  attempts: Attempts;
  totp: { stepOf(secret: string, code: string): number | undefined };
  inTransaction: InTransaction<Unit>;
};

const endReason: EndReason = 'second_factor_changed';

export const confirmTotp = defineOperation({
  name: 'auth/confirmTotp',
  summary: 'Turns the second factor on with its first code; shows the recovery codes once',
  route: 'POST /auth/mfa/totp/confirm',
  access: 'user',
  input: z.strictObject({ code: z.string().regex(/^\d{6}$/) }),
  output: recoveryCodes,
  failures: ['invalid_credentials', 'reauthentication_required', 'rate_limited'],
  run: async (deps: Deps, caller, { code }) => {
    await requireFreshProof(deps, caller);
    const tries = codeTries(caller.userId);
    await spend(deps.attempts, tries, triesPerAccount, quarterHour);
    const codes = await deps.inTransaction(async unit => {
      const secret = await unit.secondFactors.lockPending(caller.userId);
      const step = secret === undefined ? undefined : deps.totp.stepOf(secret, code);
      if (step === undefined) throw new Failure('invalid_credentials', { detail: wording.badCode });
      await unit.secondFactors.activatePending(caller.userId, step);
      // Sessions of one factor must not outlive the wish for two.
      await endSessions(unit, caller, caller.userId, endReason, caller.sessionId);
      await record(unit.securityEvents, caller, {
        type: 'second_factor.enabled',
        outcome: 'success',
      });
      await unit.outbox.add(notice(caller.userId, 'second_factor_enabled'));
      return replaceRecoveryCodes(unit, caller.userId);
    });
    await deps.attempts.reset(tries);
    return { recoveryCodes: codes };
  },
});
