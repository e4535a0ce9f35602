import { z } from 'zod';
import type { Invitation } from '../../domain/invitation.ts';
import { defineOperation } from '../operation.ts';
import { type FindUser, provenEmail } from './answer.ts';
import { ownInvitation } from './invitation-schema.ts';

type Deps = FindUser & { invitations: { listFor(email: string): Promise<Invitation[]> } };

export const listOwnInvitations = defineOperation({
  name: 'projects/listOwnInvitations',
  summary: "Invitations that wait for the caller's answer",
  route: 'GET /invitations',
  access: 'user',
  input: z.strictObject({}),
  output: z.object({ items: z.array(ownInvitation) }),
  run: async (deps: Deps, caller) => {
    const email = await provenEmail(deps, caller.userId);
    return { items: email === undefined ? [] : await deps.invitations.listFor(email) };
  },
});
