import { z } from 'zod';
import type { Invitation } from '../../domain/invitation.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type AnsweringDeps, decline, type FindUser, provenEmail } from './answer.ts';

type Deps = {
  inTransaction: InTransaction<
    FindUser &
      AnsweringDeps & {
        invitations: {
          lockFor(email: string, invitationId: number): Promise<Invitation | undefined>;
        };
      }
  >;
};

export const declineInvitation = defineOperation({
  name: 'projects/declineInvitation',
  summary: "Declines an invitation to the caller's own address",
  route: 'POST /invitations/{invitationId}/decline',
  access: 'user',
  input: z.strictObject({ invitationId: id }),
  output: nothing,
  status: 204,
  failures: ['not_found'],
  run: ({ inTransaction }: Deps, caller, { invitationId }) =>
    inTransaction(async deps => {
      const email = await provenEmail(deps, caller.userId);
      const invited =
        email === undefined ? undefined : await deps.invitations.lockFor(email, invitationId);
      return decline(deps, invited, caller.userId);
    }),
});
