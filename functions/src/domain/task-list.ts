import type { Given } from './given.ts';
import type { TaskPriority, TaskStatus, TaskType } from './task.ts';

export const taskSorts = [
  'created',
  'updated',
  'due',
  'start',
  'priority',
  'status',
  'points',
  'completed',
  'title',
  'relevance',
] as const;
export type TaskSort = (typeof taskSorts)[number];

/** Fields that a task may lack, and that a list may be narrowed to the lack of. */
export type Lackable = 'assigneeId' | 'sprintId' | 'parentId' | 'dueDate' | 'storyPoints';

/** What a list of tasks is narrowed to. */
export type TaskFilter = Given<{
  status: TaskStatus[];
  priority: TaskPriority[];
  type: TaskType[];
  assigneeId: number;
  /** Tasks of any of these. */
  assigneeIds: number[];
  creatorId: number;
  sprintId: number;
  parentId: number;
  /** Tasks that carry all of these. */
  labels: string[];
  /** Tasks that carry at least one of these. */
  anyLabel: string[];
  /** Tasks that have none of these. */
  without: Lackable[];
  dueBefore: string;
  dueAfter: string;
  startBefore: string;
  startAfter: string;
  createdBefore: string;
  createdAfter: string;
  updatedBefore: string;
  updatedAfter: string;
  completedBefore: string;
  completedAfter: string;
  minPoints: number;
  maxPoints: number;
  /** Tasks that this person follows, made or has to do. */
  watcherId: number;
  /** Tasks that this person follows by choice. */
  followerId: number;
  customField: CustomFieldFilter;
  /** Words of title and description, in any form, or a title with misspellings. */
  text: string;
  /** Deleted tasks instead of living ones. */
  deleted: boolean;
}>;

/** A value of an own field, or one between two; with neither, any at all. */
export type CustomFieldFilter = Given<{ value: string; from: string; to: string }> & { id: number };

export type SortKey = string | number;

export type TaskPage = {
  sort: TaskSort;
  descending: boolean;
  limit: number;
  /** Last row of the page before. */
  after?: { key: SortKey; id: number } | undefined;
};
