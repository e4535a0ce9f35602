import { z } from 'zod';
import { id, nothing } from '../fields.ts';
import { defineOperation } from '../operation.ts';

type Deps = { watchers: { add(taskId: number, userId: number): Promise<boolean> } };

export const watchTask = defineOperation({
  name: 'projects/watchTask',
  summary: 'Follows a task: the caller hears of its changes',
  route: 'PUT /tasks/{taskId}/watch',
  access: 'task.watch',
  input: z.strictObject({ taskId: id }),
  output: nothing,
  status: 204,
  run: async ({ watchers }: Deps, caller, { taskId }) => {
    await watchers.add(taskId, caller.userId);
    return null;
  },
});
