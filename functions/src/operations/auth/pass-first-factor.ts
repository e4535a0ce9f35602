import type { SignInMethod } from '../../domain/session.ts';
import type { User } from '../../domain/user.ts';
import { Failure } from '../../platform/failure.ts';
import type { Visitor } from '../../platform/operation.ts';
import { type OpenSessionDeps, openSession } from './open-session.ts';

export type FirstFactorDeps = OpenSessionDeps & {
  challenges: { insert(digest: Buffer, userId: number, method: SignInMethod): Promise<void> };
};

/** What follows the first proof, whichever it was: no way of signing in leads around the second. */
export const passFirstFactor = async (
  deps: FirstFactorDeps,
  visitor: Visitor,
  { user, method }: { user: User; method: SignInMethod },
) => {
  const history = await deps.signIns.historyOf(user.id, deps.tokens.device(visitor));
  if (!history.secondFactor)
    return openSession(deps, visitor, { user, method, secondFactor: false }, history);
  const mfaToken = deps.tokens.random();
  await deps.challenges.insert(deps.tokens.digest(mfaToken), user.id, method);
  throw new Failure('mfa_required', { extra: { mfaToken } });
};
