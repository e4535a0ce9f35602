import { sql } from 'kysely';
import type { CustomValues } from '../domain/task.ts';

/** A task as the domain knows it. */
export const taskColumns = [
  'tasks.id',
  'tasks.project_id as projectId',
  'tasks.title',
  'tasks.description',
  'tasks.type',
  'tasks.status',
  'tasks.priority',
  'tasks.assignee_id as assigneeId',
  'tasks.creator_id as creatorId',
  'tasks.start_date as startDate',
  'tasks.due_date as dueDate',
  'tasks.labels',
  'tasks.story_points as storyPoints',
  'tasks.sprint_id as sprintId',
  'tasks.parent_id as parentId',
  sql<CustomValues>`tasks.custom_fields`.as('customFields'),
  'tasks.version',
  'tasks.completed_at as completedAt',
  'tasks.created_at as createdAt',
  'tasks.updated_at as updatedAt',
] as const;
