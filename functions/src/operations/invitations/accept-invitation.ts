import { z } from 'zod';
import type { Invitation } from '../../domain/invitation.ts';
import { id } from '../fields.ts';
import { member } from '../members/member-schema.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type AnsweringDeps, accept, type FindUser, provenEmail } from './answer.ts';

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
      const email = await provenEmail(deps, caller.userId);
      const invited =
        email === undefined ? undefined : await deps.invitations.lockFor(email, invitationId);
      return accept(deps, caller.userId, invited);
    }),
});
