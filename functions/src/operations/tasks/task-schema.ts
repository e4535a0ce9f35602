import { z } from 'zod';
import { taskPriorities, taskStatuses } from '../../domain/task.ts';
import { date, id, instant, line, text } from '../fields.ts';

/** Fields that a person may set; all but the title may be left out. */
export const taskFields = {
  title: line(500),
  description: text(50_000).nullable().optional(),
  assigneeId: id.nullable().optional(),
  dueDate: date.nullable().optional(),
  priority: z.enum(taskPriorities).optional(),
  status: z.enum(taskStatuses).optional(),
  labels: z.array(line(50)).max(30).optional(),
  storyPoints: z.number().min(0).max(9_999).multipleOf(0.5).nullable().optional(),
  sprintId: id.nullable().optional(),
};

export const task = z
  .object({
    id,
    projectId: id,
    title: z.string(),
    description: z.string().nullable(),
    status: z.enum(taskStatuses),
    priority: z.enum(taskPriorities),
    assigneeId: id.nullable(),
    creatorId: id.nullable(),
    dueDate: z.string().nullable(),
    labels: z.array(z.string()),
    storyPoints: z.number().nullable(),
    sprintId: id.nullable(),
    version: z.int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Task' });
