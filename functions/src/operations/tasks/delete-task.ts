import { z } from 'zod';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { carryOutRemoval, type RemovalDeps } from './task-work.ts';

type Deps = { inTransaction: InTransaction<RemovalDeps> };

export const deleteTask = defineOperation({
  name: 'projects/deleteTask',
  summary: 'Deletes a task; it can be restored for 30 days. Its subtasks stay, on their own',
  route: 'DELETE /tasks/{taskId}',
  access: 'task.delete',
  input: z.strictObject({ taskId: id }),
  output: nothing,
  status: 204,
  failures: ['precondition_failed', 'conflict'],
  run: ({ inTransaction }: Deps, caller, { taskId }) =>
    inTransaction(async unit => {
      await carryOutRemoval(unit, caller.userId, { projectId: caller.projectId, taskId }, caller);
      return null;
    }),
});
