import { z } from 'zod';
import type { Sprint } from '../../domain/sprint.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { requireState } from './sprint-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    sprints: {
      lock(projectId: number, sprintId: number): Promise<Sprint | undefined>;
      empty(sprintId: number): Promise<{ taskId: number; version: number }[]>;
      remove(projectId: number, sprintId: number): Promise<void>;
    };
    outbox: AddEvents;
  }>;
};

export const deleteSprint = defineOperation({
  name: 'projects/deleteSprint',
  summary: 'Deletes a sprint that has not started; its tasks go back to the backlog',
  route: 'DELETE /projects/{projectId}/sprints/{sprintId}',
  access: 'sprint.manage',
  input: z.strictObject({ projectId: id, sprintId: id }),
  output: nothing,
  status: 204,
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, sprintId }) =>
    inTransaction(async ({ sprints, outbox }) => {
      const about = { projectId, actorId: caller.userId };
      requireState(await sprints.lock(projectId, sprintId), ['planned']);
      const moved = await sprints.empty(sprintId);
      await sprints.remove(projectId, sprintId);
      await outbox.add(
        ...moved.map(task => replanned({ ...about, ...task }, sprintId, null)),
        projectEvent('sprint.deleted', about, { sprintId }),
      );
      return null;
    }),
});

type Moved = { projectId: number; actorId: number; taskId: number; version: number };

export const replanned = (about: Moved, from: number, to: number | null) =>
  projectEvent('task.updated', about, {
    fields: ['sprintId'],
    before: { sprintId: from },
    after: { sprintId: to },
  });
