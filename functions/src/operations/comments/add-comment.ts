import { z } from 'zod';
import type { Comment, NewComment } from '../../domain/discussion.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { checkedComment, comment, commentFields } from './comment-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    members: { includes(projectId: number, userId: number): Promise<boolean> };
    comments: {
      insert(taskId: number, authorId: number, comment: NewComment): Promise<number>;
      find(taskId: number, commentId: number): Promise<Comment | undefined>;
    };
    watchers: { add(taskId: number, userId: number): Promise<boolean> };
    outbox: AddEvents;
  }>;
};

export const addComment = defineOperation({
  name: 'projects/addComment',
  summary: 'Comments a task; whoever comments follows it from then on',
  route: 'POST /tasks/{taskId}/comments',
  access: 'comment.write',
  input: z.strictObject({ taskId: id, ...commentFields }),
  output: comment,
  status: 201,
  creates: true,
  versioned: true,
  refuses: ['mentions'],
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { taskId, ...input }) =>
    inTransaction(async ({ members, comments, watchers, outbox }) => {
      const { projectId, userId } = caller;
      const written = await checkedComment(members, projectId, input);
      const commentId = await comments.insert(taskId, userId, written);
      await watchers.add(taskId, userId);
      await outbox.add(
        projectEvent(
          'comment.added',
          { projectId, actorId: userId, taskId },
          { commentId, mentions: written.mentions, after: { body: written.body } },
        ),
      );
      const added = await comments.find(taskId, commentId);
      if (!added) throw new Failure('not_found');
      return added;
    }),
});
