import { z } from 'zod';
import type { NewEvent } from '../../domain/event.ts';
import { mayGrant } from '../../domain/permission.ts';
import type { Member } from '../../domain/project.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction, type ProjectScope } from '../operation.ts';

type Deps = {
  inTransaction: InTransaction<{
    members: {
      find(projectId: number, userId: number): Promise<Member | undefined>;
      remove(projectId: number, userId: number): Promise<boolean>;
      unassign(projectId: number, userId: number): Promise<number[]>;
    };
    outbox: { add(...events: NewEvent[]): Promise<unknown> };
  }>;
};

export const removeMember = defineOperation({
  name: 'projects/removeMember',
  summary: 'Takes a person out of a project, or leaves it; their tasks become unassigned',
  route: 'DELETE /projects/{projectId}/members/{userId}',
  access: 'project.read',
  input: z.strictObject({ projectId: id, userId: id }),
  output: nothing,
  status: 204,
  failures: ['forbidden', 'conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, userId }) =>
    inTransaction(async ({ members, outbox }) => {
      const target = await members.find(projectId, userId);
      if (!target) throw new Failure('not_found');
      refuseUnlessMayRemove(caller, target);
      const taskIds = await members.unassign(projectId, userId);
      await members.remove(projectId, userId);
      await outbox.add({
        topic: 'task-events',
        type: 'member.removed',
        projectId,
        payload: { userId, taskIds, actorId: caller.userId },
      });
      return null;
    }),
});

const refuseUnlessMayRemove = (caller: ProjectScope & { userId: number }, target: Member) => {
  if (target.role === 'owner') throw new Failure('conflict', { detail: wording.ownerStays });
  if (target.userId === caller.userId || mayGrant(caller.role, target.role)) return;
  throw new Failure('forbidden', { detail: wording.roleOutOfReach });
};
