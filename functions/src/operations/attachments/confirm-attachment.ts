import { z } from 'zod';
import type { StoredAttachment } from '../../domain/task-parts.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { attachment } from './attachment-schema.ts';

type Deps = {
  attachments: {
    find(taskId: number, attachmentId: number): Promise<StoredAttachment | undefined>;
  };
  storage: { sizeOf(object: string): Promise<number | undefined> };
  inTransaction: InTransaction<{
    attachments: { markStored(attachmentId: number): Promise<void> };
    outbox: AddEvents;
  }>;
};

export const confirmAttachment = defineOperation({
  name: 'projects/confirmAttachment',
  summary: 'Says that the file has been sent; storage is asked whether it has',
  route: 'POST /tasks/{taskId}/attachments/{attachmentId}/confirm',
  access: 'attachment.write',
  input: z.strictObject({ taskId: id, attachmentId: id }),
  output: attachment,
  failures: ['conflict'],
  run: async ({ attachments, storage, inTransaction }: Deps, caller, { taskId, attachmentId }) => {
    const found = await attachments.find(taskId, attachmentId);
    if (!found) throw new Failure('not_found');
    if (found.state === 'stored') return found;
    if ((await storage.sizeOf(found.object)) !== found.size)
      throw new Failure('conflict', { detail: wording.uploadMissing });
    await inTransaction(async unit => {
      await unit.attachments.markStored(attachmentId);
      await unit.outbox.add(
        projectEvent(
          'attachment.added',
          { projectId: caller.projectId, actorId: caller.userId, taskId },
          { attachmentId, after: { name: found.name, size: found.size } },
        ),
      );
    });
    return { ...found, state: 'stored' as const };
  },
});
