import { z } from 'zod';
import { taskPriorities, taskStatuses, taskTypes } from '../../domain/task.ts';
import { date, id, instant, line, text } from '../fields.ts';

const customValue = z.union([text(2_000), z.number(), z.boolean(), z.null()]);

/** Fields that a person may set; all but the title may be left out. */
export const taskFields = {
  title: line(500).meta({ examples: ['Revisar el contrato'] }),
  description: text(50_000).nullable().optional(),
  type: z.enum(taskTypes).optional(),
  assigneeId: id.nullable().optional(),
  startDate: date.nullable().optional(),
  dueDate: date.nullable().optional(),
  priority: z.enum(taskPriorities).optional(),
  status: z.enum(taskStatuses).optional(),
  labels: z
    .array(line(50))
    .max(30)
    .overwrite(labels => [...new Set(labels)])
    .optional(),
  storyPoints: z.number().min(0).max(9_999).multipleOf(0.5).nullable().optional(),
  sprintId: id.nullable().optional(),
  parentId: id.nullable().optional(),
  /** By field id; values left out stay, `null` clears. */
  customFields: z.record(z.string().regex(/^[1-9]\d{0,14}$/), customValue).optional(),
};

/** The same where every field may be left out. */
export const taskChangeFields = { ...taskFields, title: taskFields.title.optional() };

export const task = z
  .object({
    id,
    projectId: id,
    title: z.string(),
    description: z.string().nullable(),
    type: z.enum(taskTypes),
    status: z.enum(taskStatuses),
    priority: z.enum(taskPriorities),
    assigneeId: id.nullable(),
    creatorId: id.nullable(),
    startDate: z.string().nullable(),
    dueDate: z.string().nullable(),
    labels: z.array(z.string()),
    storyPoints: z.number().nullable(),
    sprintId: id.nullable(),
    parentId: id.nullable(),
    customFields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    version: z.int(),
    completedAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Task' });
