import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type EndSessionsUnit, endSessions } from './end-sessions.ts';
import { type FreshProofDeps, requireFreshProof } from './fresh-proof.ts';
import { type AdminDeps, requireAdmin } from './require-admin.ts';
import { record } from './security-log.ts';

type Unit = EndSessionsUnit & {
  users: { setStatus(id: number, status: 'active' | 'disabled'): Promise<boolean> };
};

type Deps = AdminDeps & FreshProofDeps & { inTransaction: InTransaction<Unit> };

export const setAccountStatus = defineOperation({
  name: 'auth/setAccountStatus',
  summary: 'Disables an account and ends its sessions, or lets it in again; for administrators',
  route: 'PUT /auth/admin/users/{userId}/status',
  access: 'user',
  input: z.strictObject({ userId: id, status: z.enum(['active', 'disabled']) }),
  output: nothing,
  status: 204,
  failures: ['forbidden', 'not_found', 'reauthentication_required'],
  run: async (deps: Deps, caller, { userId, status }) => {
    await requireAdmin(deps, caller);
    await requireFreshProof(deps, caller);
    await deps.inTransaction(async unit => {
      if (!(await unit.users.setStatus(userId, status))) throw new Failure('not_found');
      if (status === 'disabled') await endSessions(unit, caller, userId, 'disabled');
      await record(unit.securityEvents, caller, {
        type: 'account.status_changed',
        outcome: 'success',
        userId,
        details: { status },
      });
    });
    return null;
  },
});
