import { z } from 'zod';
import type { NewEvent } from '../../domain/event.ts';
import { Failure } from '../../platform/failure.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';

type Deps = {
  inTransaction: InTransaction<{
    tasks: { remove(taskId: number): Promise<number | undefined> };
    outbox: { add(...events: NewEvent[]): Promise<unknown> };
  }>;
};

export const deleteTask = defineOperation({
  name: 'projects/deleteTask',
  summary: 'Deletes a task',
  route: 'DELETE /tasks/{taskId}',
  access: 'task.delete',
  input: z.strictObject({ taskId: id }),
  output: nothing,
  status: 204,
  run: ({ inTransaction }: Deps, caller, { taskId }) =>
    inTransaction(async ({ tasks, outbox }) => {
      const version = await tasks.remove(taskId);
      if (version === undefined) throw new Failure('not_found');
      await outbox.add({
        topic: 'task-events',
        type: 'task.deleted',
        projectId: caller.projectId,
        payload: { taskId, version, actorId: caller.userId },
      });
      return null;
    }),
});
