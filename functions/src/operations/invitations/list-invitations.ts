import { z } from 'zod';
import type { Invitation } from '../../domain/invitation.ts';
import { decodeCursor, id, page, pageOf, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { invitation } from './invitation-schema.ts';

type Deps = {
  invitations: {
    list(projectId: number, limit: number, beforeId?: number): Promise<Invitation[]>;
  };
};

export const listInvitations = defineOperation({
  name: 'projects/listInvitations',
  summary: 'Invitations to a project, newest first',
  route: 'GET /projects/{projectId}/invitations',
  access: 'invitation.read',
  input: z.strictObject({ projectId: id, ...page }),
  output: pageOf(invitation),
  run: async ({ invitations }: Deps, _caller, { projectId, limit, cursor }) =>
    toPage(
      await invitations.list(projectId, limit + 1, decodeCursor(cursor)),
      limit,
      row => row.id,
    ),
});
