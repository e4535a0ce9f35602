import { z } from 'zod';
import type { NewEvent } from '../../domain/event.ts';
import type { AddEvents } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type AdminDeps, requireAdmin } from './require-admin.ts';
import { record, type SecurityLog } from './security-log.ts';

type Deps = AdminDeps & {
  inTransaction: InTransaction<{
    failedMails: { takeBack(ids: number[]): Promise<NewEvent[]> };
    securityEvents: SecurityLog;
    outbox: AddEvents;
  }>;
};

export const sendFailedMails = defineOperation({
  name: 'auth/sendFailedMails',
  summary: 'Sends mails again that were given up on; for administrators',
  route: 'POST /auth/admin/failed-mails/send',
  access: 'user',
  input: z.strictObject({ ids: z.array(id).min(1).max(100) }),
  output: z.object({ queued: z.int() }),
  status: 202,
  failures: ['forbidden'],
  run: async (deps: Deps, caller, { ids }) => {
    await requireAdmin(deps, caller);
    return deps.inTransaction(async ({ failedMails, securityEvents, outbox }) => {
      const events = await failedMails.takeBack(ids);
      await outbox.add(...events);
      const details = { count: events.length };
      await record(securityEvents, caller, {
        type: 'mail.sent_again',
        outcome: 'success',
        details,
      });
      return { queued: events.length };
    });
  },
});
