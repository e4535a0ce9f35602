import { z } from 'zod';
import type { Task } from '../../domain/task.ts';
import { Failure } from '../../platform/failure.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { task } from './task-schema.ts';

type Deps = { tasks: { find(taskId: number): Promise<Task | undefined> } };

export const getTask = defineOperation({
  name: 'projects/getTask',
  summary: 'A task of a project that the caller is a member of',
  route: 'GET /tasks/{taskId}',
  access: 'task.read',
  input: z.strictObject({ taskId: id }),
  output: task,
  versioned: true,
  run: async ({ tasks }: Deps, _caller, { taskId }) => {
    const found = await tasks.find(taskId);
    if (!found) throw new Failure('not_found');
    return found;
  },
});
