import { z } from 'zod';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { taskRefusals } from './fitting.ts';
import { task, taskChangeFields } from './task-schema.ts';
import { carryOutUpdate, type UpdateDeps } from './task-work.ts';

type Deps = { inTransaction: InTransaction<UpdateDeps> };

export const updateTask = defineOperation({
  name: 'projects/updateTask',
  summary:
    'Changes the given fields of a task. With `baseVersion`, edits of other fields since then merge',
  route: 'PUT /tasks/{taskId}',
  access: 'task.update',
  input: z.strictObject({
    taskId: id,
    ...taskChangeFields,
    baseVersion: z.int().positive().optional(),
  }),
  output: task,
  versioned: true,
  bodySchema: { minProperties: 1, not: { required: ['baseVersion'], maxProperties: 1 } },
  refuses: taskRefusals,
  failures: ['precondition_failed', 'conflict'],
  run: ({ inTransaction }: Deps, caller, { taskId, baseVersion, ...changes }) =>
    inTransaction(unit =>
      carryOutUpdate(unit, caller.userId, { projectId: caller.projectId, taskId }, changes, {
        expectedVersion: caller.expectedVersion,
        baseVersion,
      }),
    ),
});
