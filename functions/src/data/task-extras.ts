import type { TaskExtras } from '../domain/task-extras.ts';
import type { Database } from './database.ts';
import { anyOf } from './expressions.ts';

/** Everything that belongs to many tasks, each kind in one statement. */
export const taskExtrasRepository = (db: Database) => ({
  of: async (taskIds: number[]): Promise<TaskExtras> => {
    const among = anyOf(taskIds);
    const [comments, checklist, relations, attachments] = await Promise.all([
      db
        .selectFrom('comments')
        .leftJoin('users', 'users.id', 'comments.author_id')
        .select([
          'comments.id',
          'comments.task_id as taskId',
          'comments.author_id as authorId',
          'users.full_name as authorName',
          'comments.body',
          'comments.created_at as createdAt',
        ])
        .where('comments.task_id', '=', among)
        .orderBy('comments.id')
        .execute(),
      db
        .selectFrom('checklist_items')
        .select(['task_id as taskId', 'text', 'done'])
        .where('task_id', '=', among)
        .orderBy('position')
        .orderBy('id')
        .execute(),
      db
        .selectFrom('task_relations')
        .innerJoin('tasks as others', 'others.id', 'task_relations.other_id')
        .select(['task_id as taskId', 'kind', 'other_id as otherId'])
        .where('task_id', '=', among)
        .where('others.deleted_at', 'is', null)
        .orderBy('other_id')
        .execute(),
      db
        .selectFrom('attachments')
        .select(['task_id as taskId', 'name', 'content_type as contentType', 'size'])
        .where('task_id', '=', among)
        .where('state', '=', 'stored')
        .orderBy('id')
        .execute(),
    ]);
    return { comments, checklist, relations, attachments };
  },
});
