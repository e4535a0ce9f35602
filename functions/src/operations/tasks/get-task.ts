import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { task } from './task-schema.ts';

export const getTask = defineOperation({
  name: 'projects/getTask',
  summary: 'A task of a project that the caller is a member of',
  route: 'GET /tasks/{taskId}',
  access: 'task.read',
  wants: 'task',
  input: z.strictObject({ taskId: id }),
  output: task,
  versioned: true,
  run: async (_deps: object, { task: found }) => {
    if (!found) throw new Failure('not_found');
    return found;
  },
});
