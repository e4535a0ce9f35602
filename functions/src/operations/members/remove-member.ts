import { z } from 'zod';
import { mayGrant } from '../../domain/permission.ts';
import type { Member } from '../../domain/project.ts';
import type { Task } from '../../domain/task.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction, type ProjectScope } from '../operation.ts';
import { updatedEvent } from '../tasks/task-work.ts';

type Deps = {
  inTransaction: InTransaction<{
    members: {
      find(projectId: number, userId: number): Promise<Member | undefined>;
      remove(projectId: number, userId: number): Promise<boolean>;
      unassign(projectId: number, userId: number): Promise<Task[]>;
    };
    outbox: AddEvents;
  }>;
};

export const removeMember = defineOperation({
  name: 'projects/removeMember',
  summary: 'Takes a person out of a project, or leaves it; their tasks become unassigned',
  route: 'DELETE /projects/{projectId}/members/{userId}',
  access: 'member.leave',
  input: z.strictObject({ projectId: id, userId: id }),
  output: nothing,
  status: 204,
  failures: ['forbidden', 'conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, userId }) =>
    inTransaction(async ({ members, outbox }) => {
      const target = await members.find(projectId, userId);
      if (!target) throw new Failure('not_found');
      refuseUnlessMayRemove(caller, target);
      const { userId: actorId } = caller;
      const freed = await members.unassign(projectId, userId);
      if (!(await members.remove(projectId, userId))) throw new Failure('not_found');
      // Tasks given to them while we waited for those who held on to the membership.
      freed.push(...(await members.unassign(projectId, userId)));
      await outbox.add(
        ...freed.map(task => updatedEvent({ ...task, assigneeId: userId }, task, actorId)),
        projectEvent(
          'member.removed',
          { projectId, actorId },
          { userId, before: { role: target.role } },
        ),
      );
      return null;
    }),
});

const refuseUnlessMayRemove = (caller: ProjectScope & { userId: number }, target: Member) => {
  if (target.role === 'owner') throw new Failure('conflict', { detail: wording.ownerStays });
  if (target.userId === caller.userId || mayGrant(caller.role, target.role)) return;
  throw new Failure('forbidden', { detail: wording.roleOutOfReach });
};
