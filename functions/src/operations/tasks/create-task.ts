import { z } from 'zod';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { taskRefusals } from './fitting.ts';
import { task, taskFields } from './task-schema.ts';
import { type CreationDeps, carryOutCreation } from './task-work.ts';

type Deps = { inTransaction: InTransaction<CreationDeps> };

export const createTask = defineOperation({
  name: 'projects/createTask',
  summary: 'Creates a task in a project',
  route: 'POST /projects/{projectId}/tasks',
  access: 'task.create',
  input: z.strictObject({ projectId: id, ...taskFields }),
  output: task,
  status: 201,
  creates: true,
  refuses: taskRefusals,
  versioned: true,
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, ...fields }) =>
    inTransaction(unit => carryOutCreation(unit, caller.userId, projectId, fields)),
});
