import type { Given } from './given.ts';

export const taskStatuses = ['todo', 'in_progress', 'blocked', 'in_review', 'done'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

export const taskPriorities = ['low', 'medium', 'high', 'urgent'] as const;
export type TaskPriority = (typeof taskPriorities)[number];

export type Task = {
  id: number;
  projectId: number;
  title: string;
  description: string | null;
  status: TaskStatus;
  priority: TaskPriority;
  assigneeId: number | null;
  creatorId: number | null;
  /** `YYYY-MM-DD` */
  dueDate: string | null;
  labels: string[];
  storyPoints: number | null;
  sprintId: number | null;
  version: number;
  /** ISO 8601, UTC */
  createdAt: string;
  updatedAt: string;
};

export type NewTask = Pick<Task, 'title'> &
  Given<
    Pick<
      Task,
      | 'description'
      | 'status'
      | 'priority'
      | 'assigneeId'
      | 'dueDate'
      | 'labels'
      | 'storyPoints'
      | 'sprintId'
    >
  >;

export type TaskChanges = Given<NewTask>;
