import { z } from 'zod';
import type { Member } from '../../domain/project.ts';
import { decodeCursor, id, page, pageOf, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { member } from './member-schema.ts';

type Deps = {
  members: { list(projectId: number, limit: number, afterUserId?: number): Promise<Member[]> };
};

export const listMembers = defineOperation({
  name: 'projects/listMembers',
  summary: 'The people of a project',
  route: 'GET /projects/{projectId}/members',
  access: 'member.read',
  input: z.strictObject({ projectId: id, ...page }),
  output: pageOf(member),
  run: async ({ members }: Deps, _caller, { projectId, limit, cursor }) =>
    toPage(
      await members.list(projectId, limit + 1, decodeCursor(cursor)),
      limit,
      row => row.userId,
    ),
});
