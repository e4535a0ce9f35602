import { z } from 'zod';
import { nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type EndSessionsUnit, endSessions } from './end-sessions.ts';
import { type FreshProofDeps, requireFreshProof } from './fresh-proof.ts';

type Deps = FreshProofDeps & { inTransaction: InTransaction<EndSessionsUnit> };

export const endOtherSessions = defineOperation({
  name: 'auth/endOtherSessions',
  summary: 'Ends every session of the caller but this one',
  route: 'DELETE /auth/sessions',
  access: 'user',
  input: z.strictObject({}),
  output: nothing,
  status: 204,
  failures: ['reauthentication_required'],
  run: async (deps: Deps, caller) => {
    await requireFreshProof(deps, caller);
    const { userId, sessionId } = caller;
    await deps.inTransaction(unit => endSessions(unit, caller, userId, 'ended_by_user', sessionId));
    return null;
  },
});
