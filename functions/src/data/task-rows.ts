import { type Insertable, sql, type Updateable } from 'kysely';
import { given } from '../domain/given.ts';
import type { NewTask, TaskChanges, TaskField, TaskPriority } from '../domain/task.ts';
import { prepared } from './prepared.ts';
import type { Tables } from './tables.ts';
import { taskColumns } from './task-columns.ts';

type Row = Omit<Insertable<Tables['tasks']> & Updateable<Tables['tasks']>, 'title'> & {
  title?: string;
};

const columnOf = {
  title: 'title',
  description: 'description',
  type: 'type',
  status: 'status',
  priority: 'priority',
  assigneeId: 'assignee_id',
  startDate: 'start_date',
  dueDate: 'due_date',
  labels: 'labels',
  storyPoints: 'story_points',
  sprintId: 'sprint_id',
  parentId: 'parent_id',
  customFields: 'custom_fields',
} as const satisfies Record<TaskField, string>;

/** The columns of the fields that are given; fields left out keep their value or default. */
export const rowOf = (task: TaskChanges): Row => {
  const fields = (Object.keys(columnOf) as TaskField[]).filter(field => task[field] !== undefined);
  return Object.fromEntries(fields.map(field => [columnOf[field], task[field]])) as Row;
};

const blank = {
  description: null,
  type: 'task',
  status: 'todo',
  assigneeId: null,
  startDate: null,
  dueDate: null,
  labels: [],
  storyPoints: null,
  sprintId: null,
  parentId: null,
  customFields: {},
} as const satisfies Partial<Record<TaskField, unknown>>;

const insertedFields = (Object.keys(columnOf) as TaskField[]).filter(field => field !== 'priority');

export const fieldsOf = (task: NewTask): unknown[] => {
  const values: Partial<Record<TaskField, unknown>> = { ...blank, ...given(task) };
  return insertedFields.map(field => values[field]);
};

/** Every row has the same columns, whichever fields are given; `fields` are those of `insertedFields`. */
export const newRow = (
  projectId: number,
  creatorId: number,
  priority: TaskPriority | null,
  ...fields: unknown[]
) => {
  const row = Object.fromEntries(
    insertedFields.map((field, index) => [columnOf[field], fields[index]]),
  ) as Row & { title: string };
  return {
    ...row,
    project_id: projectId,
    creator_id: creatorId,
    // The project says what a task is worth unless somebody does.
    priority: sql<TaskPriority>`coalesce(${priority}::text, (SELECT settings ->> 'defaultPriority'
      FROM projects WHERE id = ${projectId}::bigint), 'medium')`,
    completed_at: sql<string | null>`CASE WHEN ${row.status}::text = 'done' THEN now() END`,
  };
};

export const insertOne = prepared((db, ...row: Parameters<typeof newRow>) =>
  db
    .insertInto('tasks')
    .values(newRow(...row))
    .returning(taskColumns),
);
