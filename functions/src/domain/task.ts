import type { Given } from './given.ts';

export const taskStatuses = ['todo', 'in_progress', 'blocked', 'in_review', 'done'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

export const taskPriorities = ['low', 'medium', 'high', 'urgent'] as const;
export type TaskPriority = (typeof taskPriorities)[number];

export const taskTypes = ['task', 'story', 'bug', 'epic', 'improvement'] as const;
export type TaskType = (typeof taskTypes)[number];

/** Values of a project's own fields, by field id. */
export type CustomValues = Record<string, string | number | boolean | null>;

export type Task = {
  id: number;
  projectId: number;
  title: string;
  type: TaskType;
  description: string | null;
  status: TaskStatus;
  priority: TaskPriority;
  assigneeId: number | null;
  creatorId: number | null;
  /** `YYYY-MM-DD` */
  startDate: string | null;
  dueDate: string | null;
  labels: string[];
  storyPoints: number | null;
  sprintId: number | null;
  parentId: number | null;
  customFields: CustomValues;
  version: number;
  /** ISO 8601, UTC */
  completedAt: string | null;
  createdAt: string;
  updatedAt: string;
};

/** What people change in a task. */
export const editableFields = [
  'title',
  'description',
  'type',
  'status',
  'priority',
  'assigneeId',
  'startDate',
  'dueDate',
  'labels',
  'storyPoints',
  'sprintId',
  'parentId',
  'customFields',
] as const satisfies readonly (keyof Task)[];

export type TaskField = (typeof editableFields)[number];

export type NewTask = Pick<Task, 'title'> & Given<Omit<Pick<Task, TaskField>, 'title'>>;

export type TaskChanges = Given<NewTask>;

export const relationKinds = ['blocks', 'relates', 'duplicates'] as const;
export type RelationKind = (typeof relationKinds)[number];

export type Change = {
  fields: string[];
  before: Record<string, unknown>;
  after: Record<string, unknown>;
};

/** The fields in which two states of a thing differ, with both values; nothing when they are equal. */
export const changeBetween = <T extends object>(
  before: T,
  after: T,
  fields: readonly (keyof T & string)[],
): Change | undefined => {
  const changed = fields.filter(
    field => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  if (changed.length === 0) return undefined;
  const pick = (from: T) => Object.fromEntries(changed.map(field => [field, from[field]]));
  return { fields: changed, before: pick(before), after: pick(after) };
};

/** How deep subtasks may nest. */
export const nestingLimit = 8;
