import { z } from 'zod';
import type { SignInMethod } from '../../domain/session.ts';
import { Failure } from '../../platform/failure.ts';
import type { AddEvents } from '../events/project-event.ts';
import { nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { wording } from './auth-wording.ts';
import { type FreshProofDeps, requireFreshProof } from './fresh-proof.ts';
import { notice } from './open-session.ts';
import { record, type SecurityLog } from './security-log.ts';

type Deps = FreshProofDeps & {
  inTransaction: InTransaction<{
    users: { hasPassword(id: number): Promise<boolean> };
    authMethods: { remove(userId: number, provider: SignInMethod): Promise<number> };
    securityEvents: SecurityLog;
    outbox: AddEvents;
  }>;
};

export const disconnectGoogle = defineOperation({
  name: 'auth/disconnectGoogle',
  summary: 'Disconnects the Google account of the caller, unless it is their only way in',
  route: 'DELETE /auth/oauth/google',
  access: 'user',
  input: z.strictObject({}),
  output: nothing,
  status: 204,
  failures: ['not_found', 'conflict', 'reauthentication_required'],
  run: async (deps: Deps, caller) => {
    await requireFreshProof(deps, caller);
    await deps.inTransaction(async ({ users, authMethods, securityEvents, outbox }) => {
      if ((await authMethods.remove(caller.userId, 'google')) === 0) throw new Failure('not_found');
      if (!(await users.hasPassword(caller.userId)))
        throw new Failure('conflict', { detail: wording.lastWayIn });
      await record(securityEvents, caller, { type: 'google.unlinked', outcome: 'success' });
      await outbox.add(notice(caller.userId, 'google_unlinked'));
    });
    return null;
  },
});
