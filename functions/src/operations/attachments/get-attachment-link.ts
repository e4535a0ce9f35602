import { z } from 'zod';
import type { StoredAttachment } from '../../domain/task-parts.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { id, instant } from '../fields.ts';
import { defineOperation } from '../operation.ts';

type Deps = {
  attachments: {
    find(taskId: number, attachmentId: number): Promise<StoredAttachment | undefined>;
  };
  storage: { downloadLink(object: string, name: string): { url: string; expiresAt: string } };
};

export const getAttachmentLink = defineOperation({
  name: 'projects/getAttachmentLink',
  summary: 'A link that downloads a file, good for a quarter of an hour',
  route: 'GET /tasks/{taskId}/attachments/{attachmentId}/link',
  access: 'attachment.read',
  input: z.strictObject({ taskId: id, attachmentId: id }),
  output: z.object({ url: z.string(), expiresAt: instant }),
  failures: ['conflict'],
  run: async ({ attachments, storage }: Deps, _caller, { taskId, attachmentId }) => {
    const found = await attachments.find(taskId, attachmentId);
    if (!found) throw new Failure('not_found');
    if (found.state !== 'stored') throw new Failure('conflict', { detail: wording.uploadMissing });
    return storage.downloadLink(found.object, found.name);
  },
});
