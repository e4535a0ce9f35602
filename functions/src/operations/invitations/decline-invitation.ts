import { z } from 'zod';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { decline, lockOwn, type OwnInvitationDeps } from './answer.ts';

type Deps = { inTransaction: InTransaction<OwnInvitationDeps> };

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
      const invited = await lockOwn(deps, caller.userId, invitationId);
      return decline(deps, invited, caller.userId);
    }),
});
