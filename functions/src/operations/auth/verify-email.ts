import { z } from 'zod';
import type { OneTimeToken, TokenPurpose } from '../../domain/one-time-token.ts';
import type { User } from '../../domain/user.ts';
import { nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { oneTimeToken } from './auth-fields.ts';
import { badLink } from './bad-link.ts';
import { record, type SecurityLog } from './security-log.ts';

type Deps = {
  tokens: { digest(token: string): Buffer };
  inTransaction: InTransaction<{
    oneTimeTokens: {
      redeem(purpose: TokenPurpose, digest: Buffer): Promise<OneTimeToken | undefined>;
    };
    users: {
      find(id: number): Promise<User | undefined>;
      activate(id: number): Promise<boolean>;
    };
    securityEvents: SecurityLog;
  }>;
};

export const verifyEmail = defineOperation({
  name: 'auth/verifyEmail',
  summary: 'Confirms the e-mail address of an account with the token that was mailed there',
  route: 'POST /auth/verify-email',
  access: 'public',
  input: z.strictObject({ token: oneTimeToken }),
  output: nothing,
  refuses: ['token'],
  status: 204,
  run: ({ tokens, inTransaction }: Deps, visitor, { token }) =>
    inTransaction(async ({ oneTimeTokens, users, securityEvents }) => {
      const redeemed = await oneTimeTokens.redeem('verify_email', tokens.digest(token));
      const user = redeemed && (await users.find(redeemed.userId));
      // A link proves only the mailbox that it was sent to.
      if (!user || redeemed.email !== user.email) throw badLink();
      if (!(await users.activate(user.id))) throw badLink();
      const facts = { type: 'account.verified', outcome: 'success', userId: user.id } as const;
      await record(securityEvents, visitor, facts);
      return null;
    }),
});
