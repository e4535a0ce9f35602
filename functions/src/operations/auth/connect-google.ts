import { z } from 'zod';
import type { AuthMethod } from '../../domain/session.ts';
import type { User } from '../../domain/user.ts';
import { Failure } from '../../platform/failure.ts';
import type { AddEvents } from '../events/project-event.ts';
import { nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type FreshProofDeps, requireFreshProof } from './fresh-proof.ts';
import type { Google } from './google-deps.ts';
import { noteRefusal } from './google-refusal.ts';
import { notice } from './open-session.ts';
import { record, type SecurityLog } from './security-log.ts';

type Deps = FreshProofDeps & {
  google: Google;
  securityEvents: SecurityLog;
  users: { find(id: number): Promise<User | undefined> };
  inTransaction: InTransaction<{
    authMethods: {
      add(userId: number, method: AuthMethod): Promise<boolean>;
    };
    securityEvents: SecurityLog;
    outbox: AddEvents;
  }>;
};

export const connectGoogle = defineOperation({
  name: 'auth/connectGoogle',
  summary: 'Lets the caller sign in with a Google account as well',
  route: 'POST /auth/oauth/google/link',
  access: 'user',
  input: z.strictObject({ idToken: z.string().max(8_192) }),
  output: nothing,
  status: 204,
  failures: ['conflict', 'reauthentication_required', 'not_found', 'unavailable'],
  run: async (deps: Deps, caller, { idToken }) => {
    await requireFreshProof(deps, caller);
    const { issuer, subject, email, ownsMailbox } = await noteRefusal(
      deps.securityEvents,
      caller,
      deps.google.verifyIdToken(idToken),
    );
    const user = await deps.users.find(caller.userId);
    if (!user) throw new Failure('unauthenticated');
    const sameMailbox = ownsMailbox && email === user.email;
    await deps.inTransaction(async ({ authMethods, securityEvents, outbox }) => {
      const method = { provider: 'google' as const, issuer, subject, sameMailbox };
      if (!(await authMethods.add(user.id, method))) throw new Failure('conflict');
      await record(securityEvents, caller, { type: 'google.linked', outcome: 'success' });
      await outbox.add(notice(user.id, 'google_linked'));
    });
    return null;
  },
});
