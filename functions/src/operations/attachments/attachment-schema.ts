import { z } from 'zod';
import { attachmentStates } from '../../domain/task-parts.ts';
import { id, instant } from '../fields.ts';

export const attachment = z
  .object({
    id,
    taskId: id,
    name: z.string(),
    contentType: z.string(),
    size: z.int(),
    state: z.enum(attachmentStates),
    creatorId: id.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Attachment' });

/** Bytes: 50 MiB. */
export const sizeLimit = 52_428_800;
/** Attachments that one task may have. */
export const countLimit = 50;
