import type { StoredPassword } from '../../domain/stored-password.ts';
import { Failure } from '../../platform/failure.ts';
import type { Caller } from '../../platform/operation.ts';
import { type Attempts, proofTries, quarterHour, spend, triesPerAccount } from './attempts.ts';
import { wording } from './auth-wording.ts';
import { record, type SecurityLog } from './security-log.ts';

export type ProofDeps = {
  attempts: Attempts;
  users: { passwordOf(id: number): Promise<StoredPassword | undefined> };
  passwords: { check(stored: StoredPassword | undefined, password: string): Promise<boolean> };
  securityEvents: SecurityLog;
};

/** Fails unless this is the password of the caller. Tries count per person, whatever they are for. */
export const requirePassword = async (
  { attempts, users, passwords, securityEvents }: ProofDeps,
  caller: Caller,
  password: string,
): Promise<void> => {
  const tries = proofTries(caller.userId);
  await spend(attempts, tries, triesPerAccount, quarterHour);
  if (await passwords.check(await users.passwordOf(caller.userId), password)) {
    await attempts.reset(tries);
    return;
  }
  await record(securityEvents, caller, { type: 'identity.proved_again', outcome: 'failure' });
  throw new Failure('invalid_credentials', { detail: wording.wrongPassword });
};
