import { z } from 'zod';
import type { EndReason } from '../../domain/session.ts';
import { Failure } from '../../platform/failure.ts';
import type { AddEvents } from '../events/project-event.ts';
import { nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { announceEnd } from './end-sessions.ts';
import { type FreshProofDeps, requireFreshProof } from './fresh-proof.ts';
import { record, type SecurityLog } from './security-log.ts';

type Deps = FreshProofDeps & {
  inTransaction: InTransaction<{
    sessions: { end(userId: number, id: string, reason: EndReason): Promise<boolean> };
    endedSessions: { remember(ids: string[]): Promise<void> };
    securityEvents: SecurityLog;
    outbox: AddEvents;
  }>;
};

export const endSession = defineOperation({
  name: 'auth/endSession',
  summary: 'Ends one session of the caller',
  route: 'DELETE /auth/sessions/{targetSessionId}',
  access: 'user',
  input: z.strictObject({ targetSessionId: z.uuid() }),
  output: nothing,
  status: 204,
  failures: ['not_found', 'reauthentication_required'],
  run: async (deps: Deps, caller, { targetSessionId: id }) => {
    await requireFreshProof(deps, caller);
    await deps.inTransaction(async ({ sessions, endedSessions, securityEvents, outbox }) => {
      if (!(await sessions.end(caller.userId, id, 'ended_by_user'))) throw new Failure('not_found');
      await outbox.add(announceEnd(caller.userId, id));
      await record(securityEvents, caller, {
        type: 'session.ended',
        outcome: 'success',
        details: { reason: 'ended_by_user', ended: id },
      });
      await endedSessions.remember([id]);
    });
    return null;
  },
});
