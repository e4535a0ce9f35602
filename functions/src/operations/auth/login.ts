import { z } from 'zod';
import type { StoredPassword } from '../../domain/stored-password.ts';
import { normalEmail, type User, type UserStatus } from '../../domain/user.ts';
import { Failure } from '../../platform/failure.ts';
import type { Visitor } from '../../platform/operation.ts';
import { email } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import {
  type Attempts,
  accountTries,
  type NetworkBudgets,
  networkKey,
  quarterHour,
  takeTry,
  triesPerAccount,
} from './attempts.ts';
import { password, signedIn } from './auth-fields.ts';
import { type FirstFactorDeps, passFirstFactor } from './pass-first-factor.ts';
import { record, type SecurityLog } from './security-log.ts';

type Account = User & { password: StoredPassword | undefined; knownDevice: boolean };

type Deps = FirstFactorDeps & {
  attempts: Attempts & Parameters<typeof takeTry>[0];
  networkBudgets: NetworkBudgets;
  /** Keyed digest of an address: budgets must not spell out whom they concern. */
  accountKey(email: string): string;
  passwords: {
    hash(password: string): Promise<StoredPassword>;
    /** Whether it was hashed with weaker settings or an older pepper than today's. */
    isOutdated(stored: StoredPassword): Promise<boolean>;
    check(stored: StoredPassword | undefined, password: string): Promise<boolean>;
  };
  users: {
    findForSignIn(email: string, device: Buffer): Promise<Account | undefined>;
    rehash(id: number, old: StoredPassword, renewed: StoredPassword): Promise<void>;
  };
  securityEvents: SecurityLog;
};

export const login = defineOperation({
  name: 'auth/login',
  summary: 'Signs in with e-mail and password',
  route: 'POST /auth/login',
  access: 'public',
  input: z.strictObject({ email, password }),
  output: signedIn,
  failures: ['invalid_credentials', 'email_not_verified', 'mfa_required', 'rate_limited'],
  run: async (deps: Deps, visitor, input) => {
    const { attempts } = deps;
    const network = networkKey('login', visitor);
    const found = await deps.users.findForSignIn(input.email, deps.tokens.device(visitor));
    const tries = triesKey(deps, input.email, found?.knownDevice && deps.tokens.device(visitor));
    // Taken before anything is compared and given back after success: a burst buys no extra tries.
    const allowed = await takeTry(
      attempts,
      { key: network, limit: deps.networkBudgets.failedSignIns, seconds: quarterHour },
      { key: tries, limit: triesPerAccount, seconds: quarterHour },
    );
    const account = await checkPassword(deps, visitor, input.password, allowed, found);
    // A count that cannot be cleared only makes the next quarter of an hour stricter.
    const cleared = Promise.allSettled([attempts.giveBack(network), attempts.reset(tries)]);
    try {
      return await enter(deps, visitor, account, input.password);
    } finally {
      await cleared;
    }
  },
});

const enter = async (deps: Deps, visitor: Visitor, account: Account, given: string) => {
  if (account.status === 'pending_verification') throw new Failure('email_not_verified');
  await renewHash(deps, account, given);
  const { password: _password, knownDevice: _knownDevice, ...user } = account;
  return passFirstFactor(deps, visitor, { user, method: 'password' });
};

const mayEnter: ReadonlySet<UserStatus> = new Set(['active', 'pending_verification']);

/** The account that the password opens. Whatever is wrong, the answer and the work are the same. */
const checkPassword = async (
  deps: Deps,
  visitor: Visitor,
  given: string,
  allowed: boolean,
  account: Account | undefined,
): Promise<Account> => {
  const stored = allowed ? account?.password : undefined;
  const matches = await deps.passwords.check(stored, given);
  if (matches && account && mayEnter.has(account.status)) return account;
  await record(deps.securityEvents, visitor, {
    type: 'session.refused',
    outcome: allowed ? 'failure' : 'blocked',
    userId: account?.id,
    actorId: undefined,
  });
  throw new Failure('invalid_credentials');
};

/**
 * A device that this person has used before has tries of its own: whoever spends those of the account
 * from elsewhere does not lock its owner out. Unknown addresses have the same budget as known ones.
 */
const triesKey = (deps: Deps, address: string, device?: Buffer | false): string => {
  const account = accountTries(deps.accountKey(normalEmail(address)));
  return device ? `${account}:${device.toString('base64url')}` : account;
};

const renewHash = async (
  { passwords, users }: Deps,
  account: Account,
  given: string,
): Promise<void> => {
  if (!account.password) return;
  if (!(await passwords.isOutdated(account.password))) return;
  await users.rehash(account.id, account.password, await passwords.hash(given));
};
