import { sql } from 'kysely';
import type { NewTask, Task, TaskChanges } from '../domain/task.ts';
import type { Database } from './database.ts';
import { anyOf, daysAgo, touched } from './expressions.ts';
import { taskColumns } from './task-columns.ts';
import { fieldsOf, insertOne, newRow, rowOf } from './task-rows.ts';

export type SimilarTask = Task & { similarity: number };
export type DeletedTask = Task & { deletedAt: string };

export const taskRepository = (db: Database) => ({
  insert: async (projectId: number, creatorId: number, task: NewTask): Promise<Task> =>
    one(await insertOne(db, projectId, creatorId, task.priority ?? null, ...fieldsOf(task))),

  /** Inserts many at once, in order. */
  insertAll: async (projectId: number, creatorId: number, tasks: NewTask[]): Promise<Task[]> =>
    tasks.length === 0
      ? []
      : db
          .insertInto('tasks')
          .values(
            tasks.map(task =>
              newRow(projectId, creatorId, task.priority ?? null, ...fieldsOf(task)),
            ),
          )
          .returning(taskColumns)
          .execute(),

  find: (taskId: number): Promise<Task | undefined> =>
    live(db).where('id', '=', taskId).executeTakeFirst(),

  findAll: (taskIds: number[]): Promise<Task[]> =>
    live(db).where('id', '=', anyOf(taskIds)).execute(),

  /** Locks a task until the transaction ends. */
  lock: (taskId: number): Promise<Task | undefined> =>
    live(db).where('id', '=', taskId).forNoKeyUpdate().executeTakeFirst(),

  /** Locks tasks in order of id, so that two who lock the same ones wait instead of deadlocking. */
  lockAll: (taskIds: number[]): Promise<Task[]> =>
    live(db).where('id', '=', anyOf(taskIds)).orderBy('id').forNoKeyUpdate().execute(),

  lockDeleted: (taskId: number): Promise<DeletedTask | undefined> =>
    db
      .selectFrom('tasks')
      .select(taskColumns)
      .select(sql<string>`deleted_at`.as('deletedAt'))
      .where('id', '=', taskId)
      .where('deleted_at', 'is not', null)
      .forNoKeyUpdate()
      .executeTakeFirst(),

  /** One writer at a time changes how the tasks of a project hang together. */
  lockStructure: async (projectId: number): Promise<void> => {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('task structure', ${projectId}))`.execute(
      db,
    );
  },

  /** The task and its ancestors, nearest first, as far as `limit`. */
  lineage: async (taskId: number, limit: number): Promise<number[]> => {
    const { rows } = await sql<{ id: number }>`
      WITH RECURSIVE line AS (
        SELECT id, parent_id, 1 AS depth FROM tasks WHERE id = ${taskId} AND deleted_at IS NULL
        UNION ALL
        SELECT tasks.id, tasks.parent_id, depth + 1 FROM tasks
        JOIN line ON tasks.id = line.parent_id WHERE depth < ${limit} AND deleted_at IS NULL)
      SELECT id FROM line ORDER BY depth`.execute(db);
    return rows.map(row => row.id);
  },

  /** Levels of subtasks below a task. */
  height: async (taskId: number, limit: number): Promise<number> => {
    const { rows } = await sql<{ height: number }>`
      WITH RECURSIVE tree AS (
        SELECT id, 0 AS depth FROM tasks WHERE id = ${taskId}
        UNION ALL
        SELECT tasks.id, depth + 1 FROM tasks
        JOIN tree ON tasks.parent_id = tree.id WHERE depth < ${limit} AND deleted_at IS NULL)
      SELECT max(depth) AS height FROM tree`.execute(db);
    return rows[0]?.height ?? 0;
  },

  update: async (taskId: number, changes: TaskChanges): Promise<Task> =>
    db
      .updateTable('tasks')
      .set({
        ...rowOf(changes),
        ...(changes.status && {
          completed_at: changes.status === 'done' ? sql`coalesce(completed_at, now())` : null,
        }),
        ...touched,
      })
      .where('id', '=', taskId)
      .returning(taskColumns)
      .executeTakeFirstOrThrow(),

  /** Makes the live subtasks of a task stand alone and returns them as they are then. */
  releaseChildren: (taskId: number): Promise<Task[]> =>
    db
      .updateTable('tasks')
      .set({ parent_id: null, ...touched })
      .where('parent_id', '=', taskId)
      .where('deleted_at', 'is', null)
      .returning(taskColumns)
      .execute(),

  /** Takes a task into another project, leaving behind what belongs to the old one. */
  move: async (taskId: number, projectId: number, assigneeId: number | null): Promise<Task> =>
    db
      .updateTable('tasks')
      .set({
        project_id: projectId,
        assignee_id: assigneeId,
        sprint_id: null,
        parent_id: null,
        custom_fields: '{}',
        ...touched,
      })
      .where('id', '=', taskId)
      .returning(taskColumns)
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

  restore: async (taskId: number): Promise<Task> =>
    db
      .updateTable('tasks')
      .set({
        deleted_at: null,
        parent_id: null,
        // Whoever left the project meanwhile does not get it back.
        assignee_id: sql`(SELECT user_id FROM project_members
          WHERE project_id = tasks.project_id AND user_id = tasks.assignee_id)`,
        ...touched,
      })
      .where('id', '=', taskId)
      .returning(taskColumns)
      .executeTakeFirstOrThrow(),

  /** Deletes for good what was hidden more than `days` ago, and returns how many tasks that were. */
  purge: async (days: number): Promise<number> => {
    const result = await db
      .deleteFrom('tasks')
      .where('deleted_at', '<', daysAgo(days))
      .executeTakeFirst();
    return Number(result.numDeletedRows);
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

const one = (rows: Task[]): Task => {
  const [task] = rows;
  if (!task) throw new Error('An insertion returns its row');
  return task;
};

const live = (db: Database) =>
  db.selectFrom('tasks').select(taskColumns).where('deleted_at', 'is', null);
