import { z } from 'zod';
import { type Task, taskPriorities, taskStatuses, taskTypes } from '../../domain/task.ts';
import type { CustomFieldFilter, SortKey, TaskFilter, TaskPage } from '../../domain/task-list.ts';
import { taskSorts } from '../../domain/task-list.ts';
import { wording } from '../../domain/wording.ts';
import { date, id, line, moment, pageOf, passage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { refusal } from '../refusal.ts';
import { readCursor, writeCursor } from './task-cursor.ts';
import { task } from './task-schema.ts';

type Deps = {
  taskList: {
    list(
      projectId: number,
      filter: TaskFilter,
      page: TaskPage,
    ): Promise<{ task: Task; key: SortKey }[]>;
  };
};

const points = z.number().min(0).max(9_999);

const filters = {
  status: z.array(z.enum(taskStatuses)).min(1).max(5).optional(),
  priority: z.array(z.enum(taskPriorities)).min(1).max(4).optional(),
  type: z.array(z.enum(taskTypes)).min(1).max(5).optional(),
  assigneeId: id.optional(),
  assigneeIds: z.array(id).min(1).max(50).optional(),
  creatorId: id.optional(),
  sprintId: id.optional(),
  parentId: id.optional(),
  /** All of these, or at least one of those. */
  labels: z.array(line(50)).min(1).max(10).optional(),
  anyLabel: z.array(line(50)).min(1).max(10).optional(),
  dueBefore: date.optional(),
  dueAfter: date.optional(),
  startBefore: date.optional(),
  startAfter: date.optional(),
  createdBefore: moment.optional(),
  createdAfter: moment.optional(),
  updatedBefore: moment.optional(),
  updatedAfter: moment.optional(),
  completedBefore: moment.optional(),
  completedAfter: moment.optional(),
  minPoints: points.optional(),
  maxPoints: points.optional(),
};

/** Filters that read better as yes or no than as a missing id. */
const switches = {
  unassigned: z.boolean().optional(),
  unscheduled: z.boolean().optional(),
  unestimated: z.boolean().optional(),
  backlog: z.boolean().optional(),
  topLevel: z.boolean().optional(),
  watching: z.boolean().optional(),
  deleted: z.boolean().optional(),
};

/** Tasks with a value in an own field: any, this one, or one between these; numbers compare as numbers. */
const customField = {
  customFieldId: id.optional(),
  customFieldValue: passage(200).optional(),
  customFieldFrom: line(100).optional(),
  customFieldTo: line(100).optional(),
};

export const listTasks = defineOperation({
  name: 'projects/listTasks',
  summary:
    'Tasks of a project; every filter narrows the list. `q` searches title and description in Spanish, misspellings included',
  route: 'GET /projects/{projectId}/tasks',
  access: 'task.read',
  input: z.strictObject({
    projectId: id,
    ...filters,
    ...switches,
    ...customField,
    watcherId: id.optional(),
    q: line(200).optional(),
    sort: z.enum(taskSorts).optional(),
    order: z.enum(['asc', 'desc']).optional(),
    limit: z.int().min(1).max(100).default(50),
    cursor: z
      .string()
      .regex(/^[\w-]{1,1000}$/)
      .optional(),
  }),
  output: pageOf(task),
  refuses: ['customFieldId'],
  run: async ({ taskList }: Deps, caller, input) => {
    const { projectId, limit, cursor, order, sort: wanted, ...rest } = input;
    const sort = sortOf(wanted, rest.q);
    const descending = (order ?? usualOrder[sort]) === 'desc';
    const after = readCursor(sort, descending, cursor);
    const page = { sort, descending, limit: limit + 1, after };
    const rows = await taskList.list(projectId, filterOf(rest, caller.userId), page);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(row => row.task),
      nextCursor: last ? writeCursor(sort, descending, { key: last.key, id: last.task.id }) : null,
    };
  },
});

// Without words there is nothing to be relevant to.
const sortOf = (wanted: TaskPage['sort'] | undefined, q: string | undefined): TaskPage['sort'] => {
  if (q === undefined) return wanted === undefined || wanted === 'relevance' ? 'created' : wanted;
  return wanted ?? 'relevance';
};

const usualOrder: Record<TaskPage['sort'], 'asc' | 'desc'> = {
  created: 'desc',
  updated: 'desc',
  due: 'asc',
  start: 'asc',
  priority: 'desc',
  status: 'asc',
  points: 'desc',
  completed: 'desc',
  title: 'asc',
  relevance: 'desc',
};

type Given = { [K in keyof typeof filters]?: z.output<(typeof filters)[K]> } & {
  [K in keyof typeof switches]?: boolean | undefined;
} & {
  customFieldId?: number | undefined;
  customFieldValue?: string | undefined;
  customFieldFrom?: string | undefined;
  customFieldTo?: string | undefined;
  watcherId?: number | undefined;
  q?: string | undefined;
};

const filterOf = (input: Given, userId: number): TaskFilter => {
  const { unassigned, unscheduled, unestimated, backlog, topLevel, watching, q, ...rest } = input;
  const { customFieldId, customFieldValue, customFieldFrom, customFieldTo, ...others } = rest;
  const { deleted, watcherId, ...plain } = others;
  return {
    ...plain,
    ...without({ unassigned, unscheduled, unestimated, backlog, topLevel }),
    ...(watching && { watcherId: userId }),
    ...(watcherId !== undefined && { followerId: watcherId }),
    ...(deleted && { deleted }),
    ...(q !== undefined && { text: q }),
    ...ownField(customFieldId, {
      value: customFieldValue,
      from: customFieldFrom,
      to: customFieldTo,
    }),
  };
};

const fieldOf = {
  unassigned: 'assigneeId',
  unscheduled: 'dueDate',
  unestimated: 'storyPoints',
  backlog: 'sprintId',
  topLevel: 'parentId',
} as const;
type Lack = keyof typeof fieldOf;

const without = (lacks: { [K in Lack]: boolean | undefined }): Pick<TaskFilter, 'without'> => {
  const asked = (Object.keys(fieldOf) as Lack[]).filter(lack => lacks[lack]);
  return asked.length === 0 ? {} : { without: asked.map(lack => fieldOf[lack]) };
};

type Values = Omit<CustomFieldFilter, 'id'>;

const ownField = (fieldId: number | undefined, values: Values): Pick<TaskFilter, 'customField'> => {
  if (fieldId !== undefined) return { customField: { id: fieldId, ...values } };
  // Left alone they would widen the list to everything.
  if (Object.values(values).some(value => value !== undefined))
    throw refusal('customFieldId', wording.customFieldNeeded);
  return {};
};
