import { z } from 'zod';
import type { Comment, NewComment } from '../../domain/discussion.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { checkedComment, comment, commentFields } from './comment-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    members: { includes(projectId: number, userId: number): Promise<boolean> };
    comments: {
      lock(taskId: number, commentId: number): Promise<Comment | undefined>;
      update(commentId: number, comment: NewComment): Promise<void>;
      find(taskId: number, commentId: number): Promise<Comment | undefined>;
    };
    outbox: AddEvents;
  }>;
};

export const updateComment = defineOperation({
  name: 'projects/updateComment',
  summary: "Changes one's own comment",
  route: 'PUT /tasks/{taskId}/comments/{commentId}',
  access: 'comment.write',
  input: z.strictObject({ taskId: id, commentId: id, ...commentFields }),
  output: comment,
  versioned: true,
  refuses: ['mentions'],
  failures: ['precondition_failed', 'conflict'],
  run: ({ inTransaction }: Deps, caller, { taskId, commentId, ...input }) =>
    inTransaction(async ({ members, comments, outbox }) => {
      const { projectId, userId, expectedVersion } = caller;
      const current = await comments.lock(taskId, commentId);
      if (!current) throw new Failure('not_found');
      if (current.authorId !== userId)
        throw new Failure('forbidden', { detail: wording.onlyAuthor });
      if (expectedVersion !== undefined && expectedVersion !== current.version)
        throw new Failure('precondition_failed', {
          detail: wording.changedMeanwhile,
          extra: { current },
        });
      const written = await checkedComment(members, projectId, input);
      await comments.update(commentId, written);
      await outbox.add(
        projectEvent(
          'comment.updated',
          { projectId, actorId: userId, taskId },
          { commentId, before: { body: current.body }, after: { body: written.body } },
        ),
      );
      const updated = await comments.find(taskId, commentId);
      if (!updated) throw new Failure('not_found');
      return updated;
    }),
});
