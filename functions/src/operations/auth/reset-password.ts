import { z } from 'zod';
import type { OneTimeToken, TokenPurpose } from '../../domain/one-time-token.ts';
import type { StoredPassword } from '../../domain/stored-password.ts';
import type { User } from '../../domain/user.ts';
import type { Visitor } from '../../platform/operation.ts';
import { nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import type { Attempts } from './attempts.ts';
import { accountTries } from './attempts.ts';
import { oneTimeToken, password } from './auth-fields.ts';
import { badLink } from './bad-link.ts';
import { type EndSessionsUnit, endSessions } from './end-sessions.ts';
import { notice } from './open-session.ts';
import { type PasswordRules, requireGoodPassword } from './password-rules.ts';
import { record } from './security-log.ts';

type Unit = EndSessionsUnit & {
  oneTimeTokens: {
    redeem(purpose: TokenPurpose, digest: Buffer): Promise<OneTimeToken | undefined>;
    cancel(userId: number, ...purposes: TokenPurpose[]): Promise<void>;
  };
  users: {
    setPassword(id: number, password: StoredPassword): Promise<void>;
    activate(id: number): Promise<boolean>;
  };
  authMethods: {
    addPassword(userId: number): Promise<void>;
    removeForeign(userId: number): Promise<number>;
  };
  challenges: { cancelAll(userId: number): Promise<void> };
};

type Deps = {
  tokens: { digest(token: string): Buffer };
  attempts: Attempts;
  accountKey(email: string): string;
  passwordRules: PasswordRules;
  passwords: { hash(password: string): Promise<StoredPassword> };
  oneTimeTokens: { find(purpose: TokenPurpose, digest: Buffer): Promise<OneTimeToken | undefined> };
  users: { find(id: number): Promise<User | undefined> };
  inTransaction: InTransaction<Unit>;
};

export const resetPassword = defineOperation({
  name: 'auth/resetPassword',
  summary: 'Sets a new password with a token from the mailbox; ends every session of the account',
  route: 'POST /auth/reset-password',
  access: 'public',
  input: z.strictObject({ token: oneTimeToken, password }),
  output: nothing,
  refuses: ['token', 'password'],
  status: 204,
  run: async (deps: Deps, visitor, input) => {
    const digest = deps.tokens.digest(input.token);
    const user = await ownerOf(deps, digest);
    // Judged before the token is spent: who chose badly may try again with the same link.
    await requireGoodPassword(deps.passwordRules, input.password, [user.email, user.fullName]);
    const stored = await deps.passwords.hash(input.password);
    await deps.inTransaction(unit => recover(unit, visitor, user, digest, stored));
    await deps.attempts.reset(accountTries(deps.accountKey(user.email)));
    return null;
  },
});

const ownerOf = async ({ oneTimeTokens, users }: Deps, digest: Buffer): Promise<User> => {
  const token = await oneTimeTokens.find('reset_password', digest);
  const user = token && (await users.find(token.userId));
  if (!user || token.email !== user.email || user.status === 'disabled') throw badLink();
  return user;
};

/** The mailbox has spoken: what others may have set up before counts no more. */
const recover = async (
  unit: Unit,
  visitor: Visitor,
  user: User,
  digest: Buffer,
  stored: StoredPassword,
): Promise<void> => {
  const redeemed = await unit.oneTimeTokens.redeem('reset_password', digest);
  if (!redeemed || redeemed.email !== user.email) throw badLink();
  await unit.users.setPassword(user.id, stored);
  await unit.users.activate(user.id);
  await unit.authMethods.addPassword(user.id);
  await unit.authMethods.removeForeign(user.id);
  await unit.oneTimeTokens.cancel(user.id, 'verify_email', 'change_email');
  await unit.challenges.cancelAll(user.id);
  await endSessions(unit, visitor, user.id, 'password_reset');
  const facts = { type: 'password.reset', outcome: 'success', userId: user.id } as const;
  await record(unit.securityEvents, visitor, facts);
  await unit.outbox.add(notice(user.id, 'password_changed'));
};
