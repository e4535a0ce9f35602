import { z } from 'zod';
import { member } from '../members/member-schema.ts';
import { defineOperation } from '../operation.ts';
import { accept, type InvitationLinkDeps } from './answer.ts';
import { invitationToken } from './invitation-schema.ts';

export const acceptInvitationLink = defineOperation({
  name: 'projects/acceptInvitationLink',
  summary: 'Accepts the invitation of a link: whoever holds it and has an account becomes a member',
  route: 'POST /invitations/accept',
  access: 'user',
  input: z.strictObject({ token: invitationToken }),
  output: member,
  failures: ['not_found', 'conflict'],
  run: ({ tokens, inTransaction }: InvitationLinkDeps, caller, { token }) =>
    inTransaction(async deps =>
      accept(deps, caller.userId, await deps.invitations.lockByDigest(tokens.digest(token))),
    ),
});
