import { z } from 'zod';
import type { StoredPassword } from '../../domain/stored-password.ts';
import type { NewUser, User } from '../../domain/user.ts';
import { Failure } from '../../platform/failure.ts';
import type { Visitor } from '../../platform/operation.ts';
import type { AddEvents } from '../events/project-event.ts';
import { email, timezone } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type Attempts, hour, type NetworkBudgets, networkKey, spend } from './attempts.ts';
import { password, personName } from './auth-fields.ts';
import { type PasswordRules, requireGoodPassword } from './password-rules.ts';
import { record, type SecurityLog } from './security-log.ts';

type Account = User & { password: StoredPassword | undefined };

type Deps = {
  attempts: Attempts;
  networkBudgets: NetworkBudgets;
  passwordRules: PasswordRules;
  passwords: {
    hash(password: string): Promise<StoredPassword>;
    check(stored: StoredPassword | undefined, password: string): Promise<boolean>;
  };
  tokens: { device(visitor: Visitor): Buffer };
  users: { findForSignIn(email: string, device: Buffer): Promise<Account | undefined> };
  inTransaction: InTransaction<{
    users: {
      insert(user: NewUser, password: StoredPassword): Promise<User | undefined>;
      setPassword(id: number, password: undefined): Promise<void>;
    };
    authMethods: { addPassword(userId: number): Promise<void> };
    oneTimeTokens: { cancel(userId: number, purpose: 'verify_email'): Promise<void> };
    securityEvents: SecurityLog;
    outbox: AddEvents;
  }>;
};

type Input = NewUser & { password: string };

/**
 * Answers the same for every address, after the same work: one hash, one transaction, one mail. The mailbox
 * alone learns whether the account was there before.
 */
export const register = defineOperation({
  name: 'auth/register',
  summary: 'Opens an account that becomes active once its e-mail is confirmed',
  route: 'POST /auth/register',
  access: 'public',
  input: z.strictObject({
    email,
    password,
    fullName: personName,
    timezone: timezone.optional(),
  }),
  output: z.object({ status: z.literal('pending_verification'), email: z.string() }),
  status: 201,
  failures: ['rate_limited'],
  refuses: ['password', 'timezone'],
  run: async (deps: Deps, visitor, input) => {
    const { attempts, networkBudgets, passwordRules } = deps;
    await spend(attempts, networkKey('register', visitor), networkBudgets.registrations, hour);
    await requireGoodPassword(passwordRules, input.password, [input.email, input.fullName]);
    await enrol(deps, visitor, { ...input, locale: visitor.locale });
    return { status: 'pending_verification' as const, email: input.email };
  },
});

const enrol = async (deps: Deps, visitor: Visitor, input: Input, tried = 0): Promise<void> => {
  const account = await deps.users.findForSignIn(input.email, deps.tokens.device(visitor));
  if (account) return enrolAgain(deps, visitor, account, input.password);
  const stored = await deps.passwords.hash(input.password);
  const inserted = await deps.inTransaction(async unit => {
    const user = await unit.users.insert(input, stored);
    if (!user) return false;
    await unit.authMethods.addPassword(user.id);
    await announce(unit, visitor, user.id, 'mail.verify_email', 'success');
    return true;
  });
  if (inserted) return;
  // Somebody took the address in between: answer as if they had been there from the start.
  if (tried > 2) throw new Failure('unavailable', { retryAfter: 1 });
  await enrol(deps, visitor, input, tried + 1);
};

/**
 * Who registers an unconfirmed address with another password may not be who did so first. Neither
 * password is trusted then: it goes, and the mailbox gets a link to choose one.
 */
const enrolAgain = async (
  deps: Deps,
  visitor: Visitor,
  account: Account,
  given: string,
): Promise<void> => {
  const waiting = account.status === 'pending_verification' ? account.password : undefined;
  const samePerson = waiting
    ? await deps.passwords.check(waiting, given)
    : (await deps.passwords.hash(given), false);
  await deps.inTransaction(async unit => {
    if (account.status !== 'pending_verification')
      return announce(unit, visitor, account.id, 'mail.account_exists', 'failure');
    if (samePerson) return announce(unit, visitor, account.id, 'mail.verify_email', 'success');
    await unit.users.setPassword(account.id, undefined);
    await unit.oneTimeTokens.cancel(account.id, 'verify_email');
    return announce(unit, visitor, account.id, 'mail.choose_password', 'failure');
  });
};

const announce = async (
  unit: { securityEvents: SecurityLog; outbox: AddEvents },
  visitor: Visitor,
  userId: number,
  mail: string,
  outcome: 'success' | 'failure',
): Promise<void> => {
  await record(unit.securityEvents, visitor, { type: 'account.registered', outcome, userId });
  await unit.outbox.add({ topic: 'mail', type: mail, payload: { userId } });
};
