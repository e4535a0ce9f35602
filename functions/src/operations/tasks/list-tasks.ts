import { z } from 'zod';
import {
  type Task,
  type TaskPriority,
  type TaskStatus,
  taskPriorities,
  taskStatuses,
} from '../../domain/task.ts';
import { date, decodeCursor, id, page, pageOf, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { task } from './task-schema.ts';

type Filter = {
  status?: TaskStatus[] | undefined;
  priority?: TaskPriority[] | undefined;
  assigneeId?: number | null | undefined;
  dueBefore?: string | undefined;
  dueAfter?: string | undefined;
};

type Deps = {
  tasks: {
    list(projectId: number, filter: Filter, limit: number, beforeId?: number): Promise<Task[]>;
  };
};

export const listTasks = defineOperation({
  name: 'projects/listTasks',
  summary: 'Tasks of a project, newest first; every filter narrows the list',
  route: 'GET /projects/{projectId}/tasks',
  access: 'task.read',
  input: z.strictObject({
    projectId: id,
    status: z.array(z.enum(taskStatuses)).min(1).max(5).optional(),
    priority: z.array(z.enum(taskPriorities)).min(1).max(4).optional(),
    assigneeId: id.optional(),
    unassigned: z.boolean().optional(),
    dueBefore: date.optional(),
    dueAfter: date.optional(),
    ...page,
  }),
  output: pageOf(task),
  run: async ({ tasks }: Deps, _caller, { projectId, limit, cursor, unassigned, ...filter }) => {
    const wanted = unassigned ? { ...filter, assigneeId: null } : filter;
    const rows = await tasks.list(projectId, wanted, limit + 1, decodeCursor(cursor));
    return toPage(rows, limit, row => row.id);
  },
});
