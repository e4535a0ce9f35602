import { z } from 'zod';
import { id, nothing } from '../fields.ts';
import { defineOperation } from '../operation.ts';

type Deps = { watchers: { remove(taskId: number, userId: number): Promise<boolean> } };

export const unwatchTask = defineOperation({
  name: 'projects/unwatchTask',
  summary: 'Stops following a task',
  route: 'DELETE /tasks/{taskId}/watch',
  access: 'task.watch',
  input: z.strictObject({ taskId: id }),
  output: nothing,
  status: 204,
  run: async ({ watchers }: Deps, caller, { taskId }) => {
    await watchers.remove(taskId, caller.userId);
    return null;
  },
});
