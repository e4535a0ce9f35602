import { z } from 'zod';
import type { Comment } from '../../domain/discussion.ts';
import { decodeCursor, id, page, pageOf, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { comment } from './comment-schema.ts';

type Deps = {
  comments: { list(taskId: number, limit: number, afterId?: number): Promise<Comment[]> };
};

export const listComments = defineOperation({
  name: 'projects/listComments',
  summary: 'Comments of a task, oldest first',
  route: 'GET /tasks/{taskId}/comments',
  access: 'comment.read',
  input: z.strictObject({ taskId: id, ...page }),
  output: pageOf(comment),
  run: async ({ comments }: Deps, _caller, { taskId, limit, cursor }) =>
    toPage(await comments.list(taskId, limit + 1, decodeCursor(cursor)), limit, row => row.id),
});
