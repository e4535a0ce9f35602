import { z } from 'zod';
import type { Watcher } from '../../domain/discussion.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';

type Deps = { watchers: { list(taskId: number): Promise<Watcher[]> } };

export const listWatchers = defineOperation({
  name: 'projects/listWatchers',
  summary: 'Who follows a task, beside its assignee and creator',
  route: 'GET /tasks/{taskId}/watchers',
  access: 'task.read',
  input: z.strictObject({ taskId: id }),
  output: z.object({ items: z.array(z.object({ userId: id, fullName: z.string() })) }),
  run: async ({ watchers }: Deps, _caller, { taskId }) => ({ items: await watchers.list(taskId) }),
});
