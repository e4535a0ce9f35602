import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';

type Deps = {
  inTransaction: InTransaction<{
    projects: { remove(projectId: number): Promise<boolean> };
    outbox: AddEvents;
  }>;
};

export const deleteProject = defineOperation({
  name: 'projects/deleteProject',
  summary: 'Deletes a project with everything in it; its owner can restore it for 30 days',
  route: 'DELETE /projects/{projectId}',
  access: 'project.delete',
  input: z.strictObject({ projectId: id }),
  output: nothing,
  status: 204,
  run: ({ inTransaction }: Deps, caller, { projectId }) =>
    inTransaction(async ({ projects, outbox }) => {
      if (!(await projects.remove(projectId))) throw new Failure('not_found');
      await outbox.add(
        projectEvent('project.deleted', { projectId, actorId: caller.userId }, { projectId }),
      );
      return null;
    }),
});
