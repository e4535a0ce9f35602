import { z } from 'zod';
import type { Relation } from '../../domain/task-parts.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { relations as relationList } from './relation-schema.ts';

type Deps = { relations: { list(taskId: number): Promise<Relation[]> } };

export const listRelations = defineOperation({
  name: 'projects/listRelations',
  summary: 'What a task blocks, duplicates and relates to, and what does so to it',
  route: 'GET /tasks/{taskId}/relations',
  access: 'task.read',
  input: z.strictObject({ taskId: id }),
  output: relationList,
  run: async ({ relations }: Deps, _caller, { taskId }) => ({
    items: await relations.list(taskId),
  }),
});
