import { z } from 'zod';
import { editableFields, type Task } from '../../domain/task.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { task } from './task-schema.ts';

type Deps = {
  clock(): Date;
  inTransaction: InTransaction<{
    tasks: {
      lockDeleted(taskId: number): Promise<(Task & { deletedAt: string }) | undefined>;
      restore(taskId: number): Promise<Task>;
    };
    outbox: AddEvents;
  }>;
};

/** Days for which what was deleted can be brought back. */
export const restorableDays = 30;

export const restoreTask = defineOperation({
  name: 'projects/restoreTask',
  summary: 'Brings back a task that was deleted at most 30 days ago',
  route: 'POST /tasks/{taskId}/restore',
  access: 'task.restore',
  input: z.strictObject({ taskId: id }),
  output: task,
  versioned: true,
  failures: ['conflict'],
  run: ({ clock, inTransaction }: Deps, caller, { taskId }) =>
    inTransaction(async ({ tasks, outbox }) => {
      const deleted = await tasks.lockDeleted(taskId);
      if (!deleted) throw new Failure('not_found');
      const age = clock().getTime() - Date.parse(deleted.deletedAt);
      if (age > restorableDays * 86_400_000)
        throw new Failure('conflict', { detail: wording.restoreTooLate });
      const restored = await tasks.restore(taskId);
      const { projectId } = restored;
      await outbox.add(
        projectEvent(
          'task.restored',
          { projectId, actorId: caller.userId, taskId, version: restored.version },
          { after: Object.fromEntries(editableFields.map(field => [field, restored[field]])) },
        ),
      );
      return restored;
    }),
});
