import { z } from 'zod';
import type { Invitation } from '../../domain/invitation.ts';
import { member } from '../members/member-schema.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type AnsweringDeps, accept } from './answer.ts';
import { invitationToken } from './invitation-schema.ts';

type Deps = {
  tokens: { digest(token: string): Buffer };
  inTransaction: InTransaction<
    AnsweringDeps & {
      invitations: { lockByDigest(digest: Buffer): Promise<Invitation | undefined> };
    }
  >;
};

export const acceptInvitationLink = defineOperation({
  name: 'projects/acceptInvitationLink',
  summary: 'Accepts the invitation of a link: whoever holds it and has an account becomes a member',
  route: 'POST /invitations/accept',
  access: 'user',
  input: z.strictObject({ token: invitationToken }),
  output: member,
  failures: ['not_found', 'conflict'],
  run: ({ tokens, inTransaction }: Deps, caller, { token }) =>
    inTransaction(async deps =>
      accept(deps, caller.userId, await deps.invitations.lockByDigest(tokens.digest(token))),
    ),
});
