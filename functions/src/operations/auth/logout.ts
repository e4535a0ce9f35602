import { z } from 'zod';
import type { EndReason } from '../../domain/session.ts';
import type { AddEvents } from '../events/project-event.ts';
import { nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { announceEnd } from './end-sessions.ts';
import { record, type SecurityLog } from './security-log.ts';

type Deps = {
  endedSessions: { remember(ids: string[]): Promise<void> };
  inTransaction: InTransaction<{
    sessions: { end(userId: number, id: string, reason: EndReason): Promise<boolean> };
    securityEvents: SecurityLog;
    outbox: AddEvents;
  }>;
};

export const logout = defineOperation({
  name: 'auth/logout',
  summary: 'Ends the session that the call was made in',
  route: 'POST /auth/logout',
  access: 'user',
  input: z.strictObject({}),
  output: nothing,
  status: 204,
  run: async ({ inTransaction, endedSessions }: Deps, caller) => {
    const { userId, sessionId } = caller;
    await inTransaction(async ({ sessions, securityEvents, outbox }) => {
      if (!(await sessions.end(userId, sessionId, 'logout'))) return;
      await outbox.add(announceEnd(userId, sessionId));
      await record(securityEvents, caller, {
        type: 'session.ended',
        outcome: 'success',
        details: { reason: 'logout' },
      });
    });
    await endedSessions.remember([sessionId]);
    return null;
  },
});
