import { z } from 'zod';
import type { NewEvent } from '../../domain/event.ts';
import type { User } from '../../domain/user.ts';
import { Failure } from '../../platform/failure.ts';
import type { AddEvents } from '../events/project-event.ts';
import { email } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { accepted } from './auth-fields.ts';
import { type FreshProofDeps, requireFreshProof } from './fresh-proof.ts';
import { record, type SecurityLog } from './security-log.ts';

type Deps = FreshProofDeps & {
  users: { find(id: number): Promise<User | undefined> };
  sealAddress(email: string): string;
  inTransaction: InTransaction<{
    securityEvents: SecurityLog;
    outbox: AddEvents;
  }>;
};

export const requestEmailChange = defineOperation({
  name: 'auth/requestEmailChange',
  summary: 'Asks to move the account to another address, which has to confirm it',
  route: 'POST /auth/email-change',
  access: 'user',
  input: z.strictObject({ email }),
  output: accepted,
  status: 202,
  failures: ['reauthentication_required'],
  run: async (deps: Deps, caller, input) => {
    await requireFreshProof(deps, caller);
    const user = await deps.users.find(caller.userId);
    if (!user) throw new Failure('unauthenticated');
    await deps.inTransaction(async ({ securityEvents, outbox }) => {
      await record(securityEvents, caller, {
        type: 'account.email_change_requested',
        outcome: 'success',
      });
      // The old mailbox first, under the address of this moment: no confirmation can overtake it.
      await outbox.add(
        mail('mail.email_change_requested', user.id, deps.sealAddress(user.email)),
        mail('mail.confirm_email_change', user.id, deps.sealAddress(input.email)),
      );
    });
    return { status: 'accepted' as const };
  },
});

const mail = (type: string, userId: number, to: string): NewEvent => ({
  topic: 'mail',
  type,
  payload: { userId, to },
});
