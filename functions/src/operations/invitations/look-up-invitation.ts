import { z } from 'zod';
import type { Invitation } from '../../domain/invitation.ts';
import { Failure } from '../../platform/failure.ts';
import { defineOperation } from '../operation.ts';
import { invitationToken, ownInvitation } from './invitation-schema.ts';

type Deps = {
  tokens: { digest(token: string): Buffer };
  invitations: { findByDigest(digest: Buffer): Promise<Invitation | undefined> };
};

export const lookUpInvitation = defineOperation({
  name: 'projects/lookUpInvitation',
  summary: 'What the link of an invitation is about, for somebody who may have no account',
  route: 'POST /invitations/lookup',
  access: 'public',
  input: z.strictObject({ token: invitationToken }),
  output: ownInvitation,
  failures: ['not_found'],
  run: async ({ tokens, invitations }: Deps, _caller, { token }) => {
    const invited = await invitations.findByDigest(tokens.digest(token));
    if (!invited) throw new Failure('not_found');
    return invited;
  },
});
