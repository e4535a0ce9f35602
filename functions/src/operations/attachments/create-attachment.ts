import { z } from 'zod';
import type { NewAttachment, StoredAttachment } from '../../domain/task-parts.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { id, instant, line } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { attachment, countLimit, sizeLimit } from './attachment-schema.ts';

type Link = { method: 'PUT'; url: string; headers: Record<string, string>; expiresAt: string };

type Deps = {
  randomName(): string;
  storage: { uploadLink(object: string, contentType: string, size: number): Link };
  inTransaction: InTransaction<{
    attachments: {
      count(taskId: number): Promise<number>;
      insert(
        taskId: number,
        creatorId: number,
        attachment: NewAttachment,
      ): Promise<StoredAttachment>;
    };
  }>;
};

export const createAttachment = defineOperation({
  name: 'projects/createAttachment',
  summary: 'Announces a file and answers where to send it; it counts once its upload is confirmed',
  route: 'POST /tasks/{taskId}/attachments',
  access: 'attachment.write',
  input: z.strictObject({
    taskId: id,
    name: line(255),
    contentType: z.string().regex(/^[\w.+-]{1,60}\/[\w.+-]{1,60}$/),
    size: z.int().min(1).max(sizeLimit),
  }),
  output: z.object({
    attachment,
    upload: z.object({
      method: z.literal('PUT'),
      url: z.string(),
      headers: z.record(z.string(), z.string()),
      expiresAt: instant,
    }),
  }),
  status: 201,
  creates: true,
  failures: ['conflict'],
  run: ({ randomName, storage, inTransaction }: Deps, caller, { taskId, ...file }) =>
    inTransaction(async ({ attachments }) => {
      if ((await attachments.count(taskId)) >= countLimit)
        throw new Failure('conflict', { detail: wording.tooMany });
      const object = `projects/${caller.projectId}/${randomName()}`;
      const upload = storage.uploadLink(object, file.contentType, file.size);
      const created = await attachments.insert(taskId, caller.userId, { ...file, object });
      return { attachment: created, upload };
    }),
});
