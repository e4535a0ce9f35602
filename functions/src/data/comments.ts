import { sql } from 'kysely';
import type { Comment, NewComment, Watcher } from '../domain/discussion.ts';
import type { Database } from './database.ts';
import { touched } from './expressions.ts';

const comments = (db: Database) =>
  db
    .selectFrom('comments')
    .leftJoin('users', 'users.id', 'comments.author_id')
    .select([
      'comments.id',
      'comments.task_id as taskId',
      'comments.author_id as authorId',
      'users.full_name as authorName',
      'comments.body',
      sql<number[]>`array(SELECT unnest(comments.mentions)::float8)`.as('mentions'),
      'comments.version',
      'comments.created_at as createdAt',
      'comments.updated_at as updatedAt',
    ]);

export const commentRepository = (db: Database) => ({
  insert: async (taskId: number, authorId: number, comment: NewComment): Promise<number> => {
    const { id } = await db
      .insertInto('comments')
      .values({ task_id: taskId, author_id: authorId, ...comment })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  },

  find: (taskId: number, commentId: number): Promise<Comment | undefined> =>
    comments(db)
      .where('comments.task_id', '=', taskId)
      .where('comments.id', '=', commentId)
      .executeTakeFirst(),

  /** Locks a comment until the transaction ends. */
  lock: (taskId: number, commentId: number): Promise<Comment | undefined> =>
    comments(db)
      .where('comments.task_id', '=', taskId)
      .where('comments.id', '=', commentId)
      .forUpdate('comments')
      .executeTakeFirst(),

  /** Oldest first, those after `afterId`. */
  list: (taskId: number, limit: number, afterId = 0): Promise<Comment[]> =>
    comments(db)
      .where('comments.task_id', '=', taskId)
      .where('comments.id', '>', afterId)
      .orderBy('comments.id')
      .limit(limit)
      .execute(),

  update: async (commentId: number, comment: NewComment): Promise<void> => {
    await db
      .updateTable('comments')
      .set({ ...comment, ...touched })
      .where('id', '=', commentId)
      .execute();
  },

  remove: async (commentId: number): Promise<void> => {
    await db.deleteFrom('comments').where('id', '=', commentId).execute();
  },
});

export const watcherRepository = (db: Database) => ({
  /** Follows a task; false when the person did already. */
  add: async (taskId: number, userId: number): Promise<boolean> => {
    const result = await db
      .insertInto('task_watchers')
      .values({ task_id: taskId, user_id: userId })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows === 1n;
  },

  remove: async (taskId: number, userId: number): Promise<boolean> => {
    const result = await db
      .deleteFrom('task_watchers')
      .where('task_id', '=', taskId)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return result.numDeletedRows === 1n;
  },

  list: (taskId: number): Promise<Watcher[]> =>
    db
      .selectFrom('task_watchers')
      .innerJoin('users', 'users.id', 'task_watchers.user_id')
      .select(['users.id as userId', 'users.full_name as fullName'])
      .where('task_watchers.task_id', '=', taskId)
      .orderBy('task_watchers.created_at')
      .execute(),
});
