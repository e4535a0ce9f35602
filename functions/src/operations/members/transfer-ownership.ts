import { z } from 'zod';
import type { Role } from '../../domain/permission.ts';
import type { Member, Project } from '../../domain/project.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { project } from '../projects/project-schema.ts';
import { refusal } from '../refusal.ts';

type Deps = {
  inTransaction: InTransaction<{
    projects: {
      lock(projectId: number): Promise<{ ownerId: number } | undefined>;
      setOwner(projectId: number, userId: number): Promise<void>;
      findFor(userId: number, projectId: number): Promise<Project | undefined>;
    };
    members: {
      find(projectId: number, userId: number): Promise<Member | undefined>;
      setRole(projectId: number, userId: number, role: Role): Promise<number | undefined>;
    };
    outbox: AddEvents;
  }>;
};

export const transferOwnership = defineOperation({
  name: 'projects/transferOwnership',
  summary: 'Hands a project over to another member; the former owner stays as manager',
  route: 'POST /projects/{projectId}/owner',
  access: 'project.transfer',
  input: z.strictObject({ projectId: id, userId: id }),
  output: project,
  versioned: true,
  refuses: ['userId'],
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, userId }) =>
    inTransaction(async ({ projects, members, outbox }) => {
      const locked = await projects.lock(projectId);
      // Two transfers at once: the second finds that it is no longer the owner's to make.
      if (locked?.ownerId !== caller.userId) throw new Failure('conflict');
      const heir = await members.find(projectId, userId);
      if (!heir) throw refusal('userId', wording.newOwnerNotMember);
      if (userId !== caller.userId) {
        await projects.setOwner(projectId, userId);
        await members.setRole(projectId, caller.userId, 'manager');
        await members.setRole(projectId, userId, 'owner');
        await outbox.add(...handOver(projectId, caller.userId, heir));
      }
      const handed = await projects.findFor(caller.userId, projectId);
      if (!handed) throw new Failure('not_found');
      return handed;
    }),
});

const handOver = (projectId: number, from: number, { userId: to, role: former }: Member) => {
  const about = { projectId, actorId: from };
  const role = (userId: number, before: Role, after: Role) =>
    projectEvent('member.updated', about, {
      userId,
      fields: ['role'],
      before: { role: before },
      after: { role: after },
    });
  return [
    projectEvent('project.transferred', about, {
      fields: ['ownerId'],
      before: { ownerId: from },
      after: { ownerId: to },
    }),
    role(from, 'owner', 'manager'),
    role(to, former, 'owner'),
  ];
};
