import { z } from 'zod';
import type { Comment } from '../../domain/discussion.ts';
import { atLeast } from '../../domain/permission.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';

type Deps = {
  inTransaction: InTransaction<{
    comments: {
      lock(taskId: number, commentId: number): Promise<Comment | undefined>;
      remove(commentId: number): Promise<void>;
    };
    outbox: AddEvents;
  }>;
};

export const deleteComment = defineOperation({
  name: 'projects/deleteComment',
  summary: "Deletes one's own comment; managers delete any",
  route: 'DELETE /tasks/{taskId}/comments/{commentId}',
  access: 'comment.write',
  input: z.strictObject({ taskId: id, commentId: id }),
  output: nothing,
  status: 204,
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { taskId, commentId }) =>
    inTransaction(async ({ comments, outbox }) => {
      const current = await comments.lock(taskId, commentId);
      if (!current) throw new Failure('not_found');
      if (current.authorId !== caller.userId && !atLeast(caller.role, 'manager'))
        throw new Failure('forbidden', { detail: wording.onlyAuthor });
      await comments.remove(commentId);
      await outbox.add(
        projectEvent(
          'comment.deleted',
          { projectId: caller.projectId, actorId: caller.userId, taskId },
          { commentId, authorId: current.authorId, before: { body: current.body } },
        ),
      );
      return null;
    }),
});
