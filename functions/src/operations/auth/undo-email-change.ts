import { z } from 'zod';
import type { OneTimeToken, TokenPurpose } from '../../domain/one-time-token.ts';
import { nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { oneTimeToken } from './auth-fields.ts';
import { badLink } from './bad-link.ts';
import { type EndSessionsUnit, endSessions } from './end-sessions.ts';
import { record } from './security-log.ts';

type Unit = EndSessionsUnit & {
  oneTimeTokens: {
    redeem(purpose: TokenPurpose, digest: Buffer): Promise<OneTimeToken | undefined>;
    cancel(userId: number, ...purposes: TokenPurpose[]): Promise<void>;
  };
  users: {
    setEmail(id: number, email: string): Promise<boolean>;
    setPassword(id: number, password: undefined): Promise<void>;
  };
  authMethods: { removeForeign(userId: number): Promise<number> };
  challenges: { cancelAll(userId: number): Promise<void> };
};

type Deps = {
  tokens: { digest(token: string): Buffer };
  inTransaction: InTransaction<Unit>;
};

/**
 * Whoever pressed "it was not me" has lost the account to somebody who knew its password: that goes too,
 * and the restored mailbox gets a link to choose another.
 */
export const undoEmailChange = defineOperation({
  name: 'auth/undoEmailChange',
  summary: 'Takes an e-mail change back with the token from the old mailbox, and ends all sessions',
  route: 'POST /auth/email-change/undo',
  access: 'public',
  input: z.strictObject({ token: oneTimeToken }),
  output: nothing,
  refuses: ['token'],
  status: 204,
  run: ({ tokens, inTransaction }: Deps, visitor, { token }) =>
    inTransaction(async unit => {
      const redeemed = await unit.oneTimeTokens.redeem('undo_email_change', tokens.digest(token));
      if (!redeemed?.email) throw badLink();
      const { userId, email } = redeemed;
      if (!(await unit.users.setEmail(userId, email))) throw badLink();
      await unit.oneTimeTokens.cancel(userId, 'change_email', 'reset_password', 'verify_email');
      await unit.users.setPassword(userId, undefined);
      await unit.authMethods.removeForeign(userId);
      await unit.challenges.cancelAll(userId);
      await endSessions(unit, visitor, userId, 'email_changed');
      const facts = { type: 'account.email_change_undone', outcome: 'success', userId } as const;
      await record(unit.securityEvents, visitor, facts);
      await unit.outbox.add({ topic: 'mail', type: 'mail.reset_password', payload: { userId } });
      return null;
    }),
});
