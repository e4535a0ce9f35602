import { z } from 'zod';
import type { Member } from '../../domain/project.ts';
import { Failure } from '../../platform/failure.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { member } from './member-schema.ts';

type Deps = {
  members: { find(projectId: number, userId: number): Promise<Member | undefined> };
};

export const getMember = defineOperation({
  name: 'projects/getMember',
  summary: 'One person of a project',
  route: 'GET /projects/{projectId}/members/{userId}',
  access: 'member.read',
  input: z.strictObject({ projectId: id, userId: id }),
  output: member,
  run: async ({ members }: Deps, _caller, { projectId, userId }) => {
    const found = await members.find(projectId, userId);
    if (!found) throw new Failure('not_found');
    return found;
  },
});
