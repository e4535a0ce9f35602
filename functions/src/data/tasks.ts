import { type Insertable, sql, type Updateable } from 'kysely';
import type { NewTask, Task, TaskChanges, TaskPriority, TaskStatus } from '../domain/task.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

const columns = [
  'id',
  'project_id as projectId',
  'title',
  'description',
  'status',
  'priority',
  'assignee_id as assigneeId',
  'creator_id as creatorId',
  'due_date as dueDate',
  'labels',
  'story_points as storyPoints',
  'sprint_id as sprintId',
  'version',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const;

export type TaskFilter = {
  status?: TaskStatus[] | undefined;
  priority?: TaskPriority[] | undefined;
  /** `null` asks for tasks without assignee. */
  assigneeId?: number | null | undefined;
  dueBefore?: string | undefined;
  dueAfter?: string | undefined;
};

export type SimilarTask = Task & { similarity: number };

export const taskRepository = (db: Database) => ({
  insert: async (projectId: number, creatorId: number, task: NewTask): Promise<Task> =>
    db
      .insertInto('tasks')
      .values({
        ...rowOf(task),
        title: task.title,
        project_id: projectId,
        creator_id: creatorId,
        completed_at: task.status === 'done' ? sql`now()` : null,
      })
      .returning(columns)
      .executeTakeFirstOrThrow(),

  find: (taskId: number): Promise<Task | undefined> =>
    live(db).where('id', '=', taskId).executeTakeFirst(),

  /** Locks a task until the transaction ends. */
  lock: (taskId: number): Promise<Task | undefined> =>
    live(db).where('id', '=', taskId).forUpdate().executeTakeFirst(),

  /** Newest first, those before `beforeId`. */
  list: (
    projectId: number,
    filter: TaskFilter,
    limit: number,
    beforeId?: number,
  ): Promise<Task[]> => {
    let query = live(db).where('project_id', '=', projectId);
    if (beforeId !== undefined) query = query.where('id', '<', beforeId);
    if (filter.status) query = query.where('status', 'in', filter.status);
    if (filter.priority) query = query.where('priority', 'in', filter.priority);
    if (filter.assigneeId === null) query = query.where('assignee_id', 'is', null);
    else if (filter.assigneeId !== undefined)
      query = query.where('assignee_id', '=', filter.assigneeId);
    if (filter.dueBefore) query = query.where('due_date', '<', filter.dueBefore);
    if (filter.dueAfter) query = query.where('due_date', '>', filter.dueAfter);
    return query.orderBy('id', 'desc').limit(limit).execute();
  },

  update: async (taskId: number, changes: TaskChanges): Promise<Task> =>
    db
      .updateTable('tasks')
      .set({
        ...rowOf(changes),
        ...(changes.status && {
          completed_at: changes.status === 'done' ? sql`coalesce(completed_at, now())` : null,
        }),
        updated_at: sql`now()`,
        version: sql`version + 1`,
      })
      .where('id', '=', taskId)
      .returning(columns)
      .executeTakeFirstOrThrow(),

  /** Hides a task; it can be restored. Returns its last version. */
  remove: async (taskId: number): Promise<number | undefined> => {
    const row = await db
      .updateTable('tasks')
      .set({ deleted_at: sql`now()`, version: sql`version + 1` })
      .where('id', '=', taskId)
      .where('deleted_at', 'is', null)
      .returning('version')
      .executeTakeFirst();
    return row?.version;
  },

  /**
   * Tasks whose title resembles `text`, most alike first; accents, case, word order and small
   * misspellings do not matter. `similarity` is pg_trgm's word similarity, 0 to 1.
   */
  findSimilar: (projectId: number, text: string, limit: number): Promise<SimilarTask[]> => {
    const score = sql<number>`word_similarity(fold_text(${text}), fold_text(title))`;
    return live(db)
      .select(score.as('similarity'))
      .where('project_id', '=', projectId)
      .where(sql<boolean>`fold_text(${text}) <% fold_text(title)`)
      .orderBy('similarity', 'desc')
      .orderBy('updated_at', 'desc')
      .limit(limit)
      .execute();
  },
});

const live = (db: Database) =>
  db.selectFrom('tasks').select(columns).where('deleted_at', 'is', null);

type Row = Pick<
  Insertable<Tables['tasks']> & Updateable<Tables['tasks']>,
  | 'description'
  | 'status'
  | 'priority'
  | 'assignee_id'
  | 'due_date'
  | 'labels'
  | 'story_points'
  | 'sprint_id'
> & { title?: string };

const columnOf = {
  title: 'title',
  description: 'description',
  status: 'status',
  priority: 'priority',
  assigneeId: 'assignee_id',
  dueDate: 'due_date',
  labels: 'labels',
  storyPoints: 'story_points',
  sprintId: 'sprint_id',
} as const satisfies Record<keyof NewTask, string>;

/** The columns of the fields that are given; fields left out keep their value or default. */
const rowOf = (task: TaskChanges): Row => {
  const given = Object.entries(columnOf).filter(
    ([field]) => task[field as keyof NewTask] !== undefined,
  );
  return Object.fromEntries(
    given.map(([field, column]) => [column, task[field as keyof NewTask]]),
  ) as Row;
};
