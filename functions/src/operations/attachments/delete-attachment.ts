import { z } from 'zod';
import { atLeast } from '../../domain/permission.ts';
import type { StoredAttachment } from '../../domain/task-parts.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';

type Deps = {
  attachments: {
    find(taskId: number, attachmentId: number): Promise<StoredAttachment | undefined>;
  };
  storage: { remove(object: string): Promise<void> };
  inTransaction: InTransaction<{
    attachments: { remove(attachmentId: number): Promise<void> };
    outbox: AddEvents;
  }>;
};

export const deleteAttachment = defineOperation({
  name: 'projects/deleteAttachment',
  summary: "Deletes one's own file; managers delete any",
  route: 'DELETE /tasks/{taskId}/attachments/{attachmentId}',
  access: 'attachment.write',
  input: z.strictObject({ taskId: id, attachmentId: id }),
  output: nothing,
  status: 204,
  failures: ['conflict'],
  run: async ({ attachments, storage, inTransaction }: Deps, caller, { taskId, attachmentId }) => {
    const found = await attachments.find(taskId, attachmentId);
    if (!found) throw new Failure('not_found');
    if (found.creatorId !== caller.userId && !atLeast(caller.role, 'manager'))
      throw new Failure('forbidden', { detail: wording.onlyAuthor });
    // The file goes first: a row without file can be deleted again, a file without row is lost.
    await storage.remove(found.object);
    await inTransaction(async unit => {
      await unit.attachments.remove(attachmentId);
      await unit.outbox.add(
        projectEvent(
          'attachment.removed',
          { projectId: caller.projectId, actorId: caller.userId, taskId },
          { attachmentId, before: { name: found.name, size: found.size } },
        ),
      );
    });
    return null;
  },
});
