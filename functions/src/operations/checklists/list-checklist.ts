import { z } from 'zod';
import type { ChecklistItem } from '../../domain/task-parts.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { checklistItem } from './checklist-schema.ts';

type Deps = { checklists: { list(taskId: number): Promise<ChecklistItem[]> } };

export const listChecklist = defineOperation({
  name: 'projects/listChecklist',
  summary: 'The checklist of a task, in its order',
  route: 'GET /tasks/{taskId}/checklist',
  access: 'task.read',
  input: z.strictObject({ taskId: id }),
  output: z.object({ items: z.array(checklistItem) }),
  run: async ({ checklists }: Deps, _caller, { taskId }) => ({
    items: await checklists.list(taskId),
  }),
});
