import { Failure } from '../../platform/failure.ts';
import type { Caller, Visitor } from '../../platform/operation.ts';
import type { AddEvents } from '../events/project-event.ts';
import type { InTransaction } from '../operation.ts';
import { type Attempts, codeTries, quarterHour, spend, triesPerAccount } from './attempts.ts';
import { wording } from './auth-wording.ts';
import { notice } from './open-session.ts';
import { record, type SecurityLog } from './security-log.ts';

type SecondFactor = { secret: string | null; lastStep: number };

export type CodeUnit = {
  secondFactors: {
    lock(userId: number): Promise<SecondFactor | undefined>;
    spendStep(userId: number, step: number): Promise<void>;
    spendRecoveryCode(userId: number, digest: Buffer): Promise<boolean>;
    recoveryCodesLeft(userId: number): Promise<number>;
  };
  securityEvents: SecurityLog;
  outbox: AddEvents;
};

export type CodeDeps<Unit extends CodeUnit = CodeUnit> = {
  attempts: Attempts;
  totp: { stepOf(secret: string, code: string): number | undefined };
  tokens: { digest(token: string): Buffer };
  securityEvents: SecurityLog;
  inTransaction: InTransaction<Unit>;
};

type Proving = Omit<CodeDeps, 'inTransaction'>;

/** What hangs on the code: done together with accepting it, or once the last try was wrong. */
export type AtStake<Unit extends CodeUnit> = {
  accepted(unit: Unit): Promise<void>;
  exhausted(): Promise<void>;
};

/**
 * Fails unless the code is good: six digits of the authenticator, or a recovery code. Each works once;
 * wrong ones count per account, whatever challenge they were for.
 */
export const requireCode = async <Unit extends CodeUnit>(
  deps: CodeDeps<Unit>,
  who: Visitor & Partial<Caller>,
  userId: number,
  code: string,
  atStake?: AtStake<Unit>,
): Promise<void> => {
  const tries = codeTries(userId);
  const taken = await spend(deps.attempts, tries, triesPerAccount, quarterHour);
  const good = await deps
    .inTransaction(async unit => {
      const accepted = /^\d{6}$/.test(code)
        ? await spendTotp(deps, unit, userId, code)
        : await spendRecoveryCode(deps, unit, who, userId, code);
      if (accepted) await atStake?.accepted(unit);
      return accepted;
    })
    .catch(async (error: unknown) => {
      // Our own failure must not cost the person a try.
      await deps.attempts.giveBack(tries);
      throw error;
    });
  if (good) return deps.attempts.reset(tries);
  await record(deps.securityEvents, who, {
    type: 'second_factor.refused',
    outcome: 'failure',
    userId,
  });
  if (taken >= triesPerAccount) await atStake?.exhausted();
  throw new Failure('invalid_credentials', { detail: wording.badCode });
};

const spendTotp = async (
  { totp }: Proving,
  { secondFactors }: CodeUnit,
  userId: number,
  code: string,
): Promise<boolean> => {
  const factor = await secondFactors.lock(userId);
  const step = factor?.secret ? totp.stepOf(factor.secret, code) : undefined;
  if (!factor || step === undefined || step <= factor.lastStep) return false;
  await secondFactors.spendStep(userId, step);
  return true;
};

const spendRecoveryCode = async (
  { tokens }: Proving,
  unit: CodeUnit,
  who: Visitor,
  userId: number,
  code: string,
): Promise<boolean> => {
  const plain = code.replaceAll('-', '').toLowerCase();
  if (!(await unit.secondFactors.spendRecoveryCode(userId, tokens.digest(plain)))) return false;
  const left = await unit.secondFactors.recoveryCodesLeft(userId);
  await unit.outbox.add(notice(userId, 'recovery_code_used', { left }));
  const facts = { type: 'recovery_code.used', outcome: 'success', userId } as const;
  await record(unit.securityEvents, who, { ...facts, details: { left } });
  return true;
};
