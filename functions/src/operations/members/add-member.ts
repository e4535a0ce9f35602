import { z } from 'zod';
import type { NewEvent } from '../../domain/event.ts';
import { mayGrant, type Role } from '../../domain/permission.ts';
import type { Member } from '../../domain/project.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { grantableRole, member } from './member-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    users: { findActiveByEmail(email: string): Promise<{ id: number } | undefined> };
    members: {
      find(projectId: number, userId: number): Promise<Member | undefined>;
      insert(projectId: number, userId: number, role: Role): Promise<boolean>;
    };
    outbox: { add(...events: NewEvent[]): Promise<unknown> };
  }>;
};

export const addMember = defineOperation({
  name: 'projects/addMember',
  summary: 'Adds a person with an account to a project',
  route: 'POST /projects/{projectId}/members',
  access: 'member.add',
  input: z.strictObject({
    projectId: id,
    email: z.email().max(255),
    role: grantableRole.default('member'),
  }),
  output: member,
  status: 201,
  creates: true,
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, email, role }) =>
    inTransaction(async ({ users, members, outbox }) => {
      if (!mayGrant(caller.role, role))
        throw new Failure('forbidden', { detail: wording.roleOutOfReach });
      const user = await users.findActiveByEmail(email);
      if (!user) throw new Failure('not_found', { detail: wording.noAccount });
      if (!(await members.insert(projectId, user.id, role)))
        throw new Failure('conflict', { detail: wording.alreadyMember });
      await outbox.add({
        topic: 'task-events',
        type: 'member.added',
        projectId,
        payload: { userId: user.id, role, actorId: caller.userId },
      });
      const added = await members.find(projectId, user.id);
      if (!added) throw new Failure('not_found');
      return added;
    }),
});
