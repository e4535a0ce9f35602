import { z } from 'zod';
import type { StoredAttachment } from '../../domain/task-parts.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { attachment } from './attachment-schema.ts';

type Deps = { attachments: { list(taskId: number): Promise<StoredAttachment[]> } };

export const listAttachments = defineOperation({
  name: 'projects/listAttachments',
  summary: 'Files of a task',
  route: 'GET /tasks/{taskId}/attachments',
  access: 'attachment.read',
  input: z.strictObject({ taskId: id }),
  output: z.object({ items: z.array(attachment) }),
  run: async ({ attachments }: Deps, _caller, { taskId }) => ({
    items: await attachments.list(taskId),
  }),
});
