import { z } from 'zod';
import type { StoredPassword } from '../../domain/stored-password.ts';
import type { User } from '../../domain/user.ts';
import { Failure } from '../../platform/failure.ts';
import { nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { password } from './auth-fields.ts';
import { type EndSessionsUnit, endSessions } from './end-sessions.ts';
import { type FreshProofDeps, requireFreshProof } from './fresh-proof.ts';
import { notice } from './open-session.ts';
import { type PasswordRules, requireGoodPassword } from './password-rules.ts';
import { type ProofDeps, requirePassword } from './prove-identity.ts';
import { record } from './security-log.ts';

type Deps = FreshProofDeps &
  ProofDeps & {
    passwordRules: PasswordRules;
    passwords: { hash(password: string): Promise<StoredPassword> };
    users: { find(id: number): Promise<User | undefined> };
    inTransaction: InTransaction<
      EndSessionsUnit & {
        users: { setPassword(id: number, password: StoredPassword): Promise<void> };
        oneTimeTokens: { cancel(userId: number, purpose: 'reset_password'): Promise<void> };
        challenges: { cancelAll(userId: number): Promise<void> };
      }
    >;
  };

export const changePassword = defineOperation({
  name: 'auth/changePassword',
  summary: 'Changes the password of the caller and ends all other sessions',
  route: 'POST /auth/change-password',
  access: 'user',
  input: z.strictObject({ currentPassword: password, newPassword: password }),
  output: nothing,
  refuses: ['password'],
  status: 204,
  failures: ['invalid_credentials', 'reauthentication_required', 'rate_limited'],
  run: async (deps: Deps, caller, { currentPassword, newPassword }) => {
    await requireFreshProof(deps, caller);
    await requirePassword(deps, caller, currentPassword);
    const user = await deps.users.find(caller.userId);
    if (!user) throw new Failure('unauthenticated');
    await requireGoodPassword(deps.passwordRules, newPassword, [user.email, user.fullName]);
    const stored = await deps.passwords.hash(newPassword);
    await deps.inTransaction(async unit => {
      await unit.users.setPassword(user.id, stored);
      await unit.oneTimeTokens.cancel(user.id, 'reset_password');
      await unit.challenges.cancelAll(user.id);
      await endSessions(unit, caller, user.id, 'password_changed', caller.sessionId);
      await record(unit.securityEvents, caller, { type: 'password.changed', outcome: 'success' });
      await unit.outbox.add(notice(user.id, 'password_changed'));
    });
    return null;
  },
});
