import { z } from 'zod';
import type { SignInMethod } from '../../domain/session.ts';
import type { User } from '../../domain/user.ts';
import { Failure } from '../../platform/failure.ts';
import { defineOperation } from '../operation.ts';
import { oneTimeToken, secondFactorCode, signedIn } from './auth-fields.ts';
import { type OpenSessionDeps, openSession } from './open-session.ts';
import { type CodeDeps, type CodeUnit, requireCode } from './prove-code.ts';

type Challenge = { userId: number; method: SignInMethod };

type Unit = CodeUnit & {
  challenges: { redeem(digest: Buffer): Promise<Challenge | undefined> };
};

type Deps = OpenSessionDeps &
  CodeDeps<Unit> & {
    challenges: {
      find(digest: Buffer): Promise<Challenge | undefined>;
      cancelAll(userId: number): Promise<void>;
    };
    users: { find(id: number): Promise<User | undefined> };
    inTransaction: OpenSessionDeps['inTransaction'] & CodeDeps<Unit>['inTransaction'];
  };

export const verifySecondFactor = defineOperation({
  name: 'auth/verifySecondFactor',
  summary: 'Completes a sign-in with a code of the authenticator or a recovery code',
  route: 'POST /auth/mfa/verify',
  access: 'public',
  input: z.strictObject({ mfaToken: oneTimeToken, code: secondFactorCode }),
  output: signedIn,
  failures: ['unauthenticated', 'invalid_credentials', 'rate_limited'],
  run: async (deps: Deps, visitor, { mfaToken, code }) => {
    const digest = deps.tokens.digest(mfaToken);
    const challenge = await deps.challenges.find(digest);
    if (!challenge) throw new Failure('unauthenticated');
    const user = await deps.users.find(challenge.userId);
    if (user?.status !== 'active') throw new Failure('unauthenticated');
    await requireCode(deps, visitor, user.id, code, {
      // Together with the code: a twin that comes too late finds both spent, and never only one of them.
      accepted: async ({ challenges }) => {
        if (!(await challenges.redeem(digest))) throw new Failure('unauthenticated');
      },
      // Out of tries: the first factor has to be shown again as well.
      exhausted: () => deps.challenges.cancelAll(user.id),
    });
    const history = await deps.signIns.historyOf(user.id, deps.tokens.device(visitor));
    const signIn = { user, method: challenge.method, secondFactor: true };
    return openSession(deps, visitor, signIn, history);
  },
});
