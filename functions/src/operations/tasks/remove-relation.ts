import { z } from 'zod';
import { type StoredRelation, storedRelation } from '../../domain/task-parts.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { relationKind } from './relation-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    relations: { remove(relation: StoredRelation): Promise<boolean> };
    outbox: AddEvents;
  }>;
};

export const removeRelation = defineOperation({
  name: 'projects/removeRelation',
  summary: 'Takes back a relation',
  route: 'DELETE /tasks/{taskId}/relations/{kind}/{otherTaskId}',
  access: 'task.update',
  input: z.strictObject({ taskId: id, kind: relationKind, otherTaskId: id }),
  output: nothing,
  status: 204,
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { taskId, kind, otherTaskId }) =>
    inTransaction(async ({ relations, outbox }) => {
      if (!(await relations.remove(storedRelation(taskId, kind, otherTaskId))))
        throw new Failure('not_found');
      await outbox.add(
        projectEvent(
          'task.unrelated',
          { projectId: caller.projectId, actorId: caller.userId, taskId },
          { relation: { kind, taskId: otherTaskId } },
        ),
      );
      return null;
    }),
});
