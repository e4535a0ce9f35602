import { z } from 'zod';
import { mayGrant, type Role } from '../../domain/permission.ts';
import type { Member } from '../../domain/project.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { grantableRole, member } from './member-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    members: {
      find(projectId: number, userId: number): Promise<Member | undefined>;
      setRole(projectId: number, userId: number, role: Role): Promise<number | undefined>;
    };
    outbox: AddEvents;
  }>;
};

export const updateMember = defineOperation({
  name: 'projects/updateMember',
  summary: "Changes a member's role",
  route: 'PUT /projects/{projectId}/members/{userId}',
  access: 'member.update',
  input: z.strictObject({ projectId: id, userId: id, role: grantableRole }),
  output: member,
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, userId, role }) =>
    inTransaction(async ({ members, outbox }) => {
      const target = await members.find(projectId, userId);
      if (!target) throw new Failure('not_found');
      if (target.role === 'owner') throw new Failure('conflict', { detail: wording.ownerStays });
      if (!mayGrant(caller.role, target.role) || !mayGrant(caller.role, role))
        throw new Failure('forbidden', { detail: wording.roleOutOfReach });
      await members.setRole(projectId, userId, role);
      await outbox.add(
        projectEvent(
          'member.updated',
          { projectId, actorId: caller.userId },
          { userId, fields: ['role'], before: { role: target.role }, after: { role } },
        ),
      );
      return { ...target, role };
    }),
});
