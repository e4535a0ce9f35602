import { z } from 'zod';
import type { Invitation } from '../../domain/invitation.ts';
import { nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type AnsweringDeps, decline } from './answer.ts';
import { invitationToken } from './invitation-schema.ts';

type Deps = {
  tokens: { digest(token: string): Buffer };
  inTransaction: InTransaction<
    AnsweringDeps & {
      invitations: { lockByDigest(digest: Buffer): Promise<Invitation | undefined> };
    }
  >;
};

export const declineInvitationLink = defineOperation({
  name: 'projects/declineInvitationLink',
  summary: 'Declines the invitation of a link; nobody needs an account to say no',
  route: 'POST /invitations/decline',
  access: 'public',
  input: z.strictObject({ token: invitationToken }),
  output: nothing,
  status: 204,
  failures: ['not_found'],
  run: ({ tokens, inTransaction }: Deps, _caller, { token }) =>
    inTransaction(async deps =>
      decline(deps, await deps.invitations.lockByDigest(tokens.digest(token))),
    ),
});
