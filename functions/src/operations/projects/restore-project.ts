import { z } from 'zod';
import type { Project } from '../../domain/project.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { restorableDays } from '../tasks/restore-task.ts';
import { project } from './project-schema.ts';

type Deps = {
  clock(): Date;
  inTransaction: InTransaction<{
    projects: {
      lockDeleted(projectId: number): Promise<{ deletedAt: string } | undefined>;
      restore(projectId: number): Promise<void>;
      findFor(userId: number, projectId: number): Promise<Project | undefined>;
    };
    outbox: AddEvents;
  }>;
};

export const restoreProject = defineOperation({
  name: 'projects/restoreProject',
  summary: 'Brings back a project that was deleted at most 30 days ago',
  route: 'POST /projects/{projectId}/restore',
  access: 'project.restore',
  input: z.strictObject({ projectId: id }),
  output: project,
  versioned: true,
  failures: ['conflict'],
  run: ({ clock, inTransaction }: Deps, caller, { projectId }) =>
    inTransaction(async ({ projects, outbox }) => {
      const deleted = await projects.lockDeleted(projectId);
      if (!deleted) throw new Failure('not_found');
      if (clock().getTime() - Date.parse(deleted.deletedAt) > restorableDays * 86_400_000)
        throw new Failure('conflict', { detail: wording.restoreTooLate });
      await projects.restore(projectId);
      await outbox.add(
        projectEvent('project.restored', { projectId, actorId: caller.userId }, { projectId }),
      );
      const restored = await projects.findFor(caller.userId, projectId);
      if (!restored) throw new Failure('not_found');
      return restored;
    }),
});
