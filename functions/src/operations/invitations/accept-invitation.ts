import { z } from 'zod';
import { id } from '../fields.ts';
import { member } from '../members/member-schema.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { accept, lockOwn, type OwnInvitationDeps } from './answer.ts';

type Deps = { inTransaction: InTransaction<OwnInvitationDeps> };

export const acceptInvitation = defineOperation({
  name: 'projects/acceptInvitation',
  summary: "Accepts an invitation to the caller's own address",
  route: 'POST /invitations/{invitationId}/accept',
  access: 'user',
  input: z.strictObject({ invitationId: id }),
  output: member,
  failures: ['not_found', 'conflict'],
  run: ({ inTransaction }: Deps, caller, { invitationId }) =>
    inTransaction(async deps => {
      const invited = await lockOwn(deps, caller.userId, invitationId);
      return accept(deps, caller.userId, invited);
    }),
});
