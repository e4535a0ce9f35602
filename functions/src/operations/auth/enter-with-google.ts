import type { GoogleIdentity } from '../../domain/google-identity.ts';
import type { AuthMethod, EndReason } from '../../domain/session.ts';
import type { NewUser, User, UserChanges } from '../../domain/user.ts';
import { Failure } from '../../platform/failure.ts';
import type { Visitor } from '../../platform/operation.ts';
import type { InTransaction } from '../operation.ts';
import { wording } from './auth-wording.ts';
import { noteRefusal } from './google-refusal.ts';
import { type FirstFactorDeps, passFirstFactor } from './pass-first-factor.ts';
import { record, type SecurityLog } from './security-log.ts';

type Unit = {
  users: {
    findByEmail(email: string): Promise<User | undefined>;
    insert(user: NewUser): Promise<User | undefined>;
    activate(id: number): Promise<boolean>;
    update(id: number, changes: UserChanges): Promise<User | undefined>;
    setPassword(id: number, password: undefined): Promise<void>;
  };
  authMethods: {
    add(userId: number, method: AuthMethod): Promise<boolean>;
    removeAll(userId: number): Promise<void>;
  };
  oneTimeTokens: {
    cancel(userId: number, purpose: 'verify_email' | 'reset_password'): Promise<void>;
  };
  sessions: { endAll(userId: number, reason: EndReason): Promise<string[]> };
  securityEvents: SecurityLog;
};

export type EnterWithGoogleDeps = Omit<FirstFactorDeps, 'inTransaction'> & {
  securityEvents: SecurityLog;
  users: { find(id: number): Promise<User | undefined> };
  authMethods: {
    findUser(issuer: string, subject: string): Promise<number | undefined>;
    used(issuer: string, subject: string): Promise<void>;
  };
  inTransaction: FirstFactorDeps['inTransaction'] & InTransaction<Unit>;
};

/** How signing in with Google may end otherwise. */
export const enteringFailures = [
  'unauthenticated',
  'conflict',
  'email_not_verified',
  'mfa_required',
  'not_found',
  'unavailable',
] as const;

/** Signs in the account that a Google identity belongs to, or opens one for it. */
export const enterWithGoogle = async (
  deps: EnterWithGoogleDeps,
  visitor: Visitor,
  identity: GoogleIdentity,
) => {
  const { issuer, subject } = identity;
  const userId = await deps.authMethods.findUser(issuer, subject);
  const account = accountOf(deps, visitor, identity, userId);
  const user = await noteRefusal(deps.securityEvents, visitor, account, userId);
  await deps.authMethods.used(issuer, subject);
  return passFirstFactor(deps, visitor, { user, method: 'google' });
};

const accountOf = async (
  deps: EnterWithGoogleDeps,
  visitor: Visitor,
  identity: GoogleIdentity,
  userId: number | undefined,
): Promise<User> => {
  if (userId === undefined) return openAccount(deps, visitor, identity);
  const user = await deps.users.find(userId);
  if (user?.status !== 'active') throw new Failure('unauthenticated');
  return user;
};

/**
 * A new identity gets an account only where Google speaks for the mailbox. An address alone never leads
 * into an account that is there already: its owner signs in and connects Google themselves.
 */
const openAccount = async (
  { inTransaction }: EnterWithGoogleDeps,
  visitor: Visitor,
  identity: GoogleIdentity,
): Promise<User> => {
  const { email, ownsMailbox, name } = identity;
  if (email === undefined || !ownsMailbox)
    throw new Failure('email_not_verified', { detail: wording.googleMailbox });
  const work: (unit: Unit) => Promise<User> = async unit => {
    const present = await unit.users.findByEmail(email);
    if (present && present.status !== 'pending_verification')
      throw new Failure('conflict', { detail: wording.connectGoogle });
    const user = present
      ? await takeOver(unit, present, name)
      : await unit.users.insert({ email, fullName: name, locale: visitor.locale });
    if (!user) throw new Failure('conflict', { detail: wording.connectGoogle });
    await unit.users.activate(user.id);
    const { issuer, subject } = identity;
    await unit.authMethods.add(user.id, { provider: 'google', issuer, subject, sameMailbox: true });
    const facts = { type: 'google.linked', outcome: 'success', userId: user.id } as const;
    await record(unit.securityEvents, visitor, facts);
    return { ...user, status: 'active', emailVerified: true };
  };
  return inTransaction(work);
};

/** Whoever registered the address without confirming it leaves nothing behind in the account. */
const takeOver = async (unit: Unit, present: User, fullName: string): Promise<User | undefined> => {
  await unit.users.setPassword(present.id, undefined);
  await unit.authMethods.removeAll(present.id);
  await unit.oneTimeTokens.cancel(present.id, 'verify_email');
  await unit.oneTimeTokens.cancel(present.id, 'reset_password');
  await unit.sessions.endAll(present.id, 'disabled');
  return unit.users.update(present.id, { fullName });
};
