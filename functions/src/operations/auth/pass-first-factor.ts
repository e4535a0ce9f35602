import type { SignInMethod } from '../../domain/session.ts';
import type { User } from '../../domain/user.ts';
import type { Visitor } from '../../platform/operation.ts';
import { type OpenSessionDeps, openSession } from './open-session.ts';

export type FirstFactorDeps = OpenSessionDeps;

/** What follows the first proof, whichever it was: every way of signing in comes through here. */
export const passFirstFactor = async (
  deps: FirstFactorDeps,
  visitor: Visitor,
  { user, method }: { user: User; method: SignInMethod },
  _knownDevice: boolean,
) => openSession(deps, visitor, { user, method, secondFactor: false });
