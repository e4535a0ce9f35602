import { z } from 'zod';
import type { NewEvent } from '../../domain/event.ts';
import { Failure } from '../../platform/failure.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';

type Deps = {
  inTransaction: InTransaction<{
    projects: { remove(projectId: number): Promise<boolean> };
    outbox: { add(...events: NewEvent[]): Promise<unknown> };
  }>;
};

export const deleteProject = defineOperation({
  name: 'projects/deleteProject',
  summary: 'Deletes a project with everything in it',
  route: 'DELETE /projects/{projectId}',
  access: 'project.delete',
  input: z.strictObject({ projectId: id }),
  output: nothing,
  status: 204,
  run: ({ inTransaction }: Deps, _caller, { projectId }) =>
    inTransaction(async ({ projects, outbox }) => {
      if (!(await projects.remove(projectId))) throw new Failure('not_found');
      await outbox.add({
        topic: 'task-events',
        type: 'project.deleted',
        projectId,
        payload: { projectId },
      });
      return null;
    }),
});
