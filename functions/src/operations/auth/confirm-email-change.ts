import { z } from 'zod';
import type { OneTimeToken, TokenPurpose } from '../../domain/one-time-token.ts';
import type { User } from '../../domain/user.ts';
import type { AddEvents } from '../events/project-event.ts';
import { nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { oneTimeToken } from './auth-fields.ts';
import { badLink } from './bad-link.ts';
import { record, type SecurityLog } from './security-log.ts';

type Unit = {
  oneTimeTokens: {
    redeem(purpose: TokenPurpose, digest: Buffer): Promise<OneTimeToken | undefined>;
    cancel(userId: number, ...purposes: TokenPurpose[]): Promise<void>;
  };
  users: {
    find(id: number): Promise<User | undefined>;
    setEmail(id: number, email: string): Promise<boolean>;
  };
  securityEvents: SecurityLog;
  outbox: AddEvents;
};

type Deps = {
  tokens: { digest(token: string): Buffer };
  sealAddress(email: string): string;
  inTransaction: InTransaction<Unit>;
};

export const confirmEmailChange = defineOperation({
  name: 'auth/confirmEmailChange',
  summary: 'Moves the account to the address that the token was mailed to',
  route: 'POST /auth/email-change/confirm',
  access: 'public',
  input: z.strictObject({ token: oneTimeToken }),
  output: nothing,
  refuses: ['token'],
  status: 204,
  run: ({ tokens, sealAddress, inTransaction }: Deps, visitor, { token }) =>
    inTransaction(async ({ oneTimeTokens, users, securityEvents, outbox }) => {
      const redeemed = await oneTimeTokens.redeem('change_email', tokens.digest(token));
      const user = redeemed && (await users.find(redeemed.userId));
      if (user?.status !== 'active' || !redeemed?.email) throw badLink();
      // Somebody has taken the address since: the link is as dead as any other.
      if (!(await users.setEmail(user.id, redeemed.email))) throw badLink();
      await oneTimeTokens.cancel(user.id, 'reset_password', 'verify_email');
      await record(securityEvents, visitor, {
        type: 'account.email_changed',
        outcome: 'success',
        userId: user.id,
      });
      const payload = { userId: user.id, to: sealAddress(user.email) };
      await outbox.add({ topic: 'mail', type: 'mail.email_changed', payload });
      return null;
    }),
});
