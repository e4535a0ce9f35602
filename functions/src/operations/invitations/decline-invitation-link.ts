import { z } from 'zod';
import { nothing } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { decline, type InvitationLinkDeps } from './answer.ts';
import { invitationToken } from './invitation-schema.ts';

export const declineInvitationLink = defineOperation({
  name: 'projects/declineInvitationLink',
  summary: 'Declines the invitation of a link; nobody needs an account to say no',
  route: 'POST /invitations/decline',
  access: 'public',
  input: z.strictObject({ token: invitationToken }),
  output: nothing,
  status: 204,
  failures: ['not_found'],
  run: ({ tokens, inTransaction }: InvitationLinkDeps, _caller, { token }) =>
    inTransaction(async deps =>
      decline(deps, await deps.invitations.lockByDigest(tokens.digest(token))),
    ),
});
