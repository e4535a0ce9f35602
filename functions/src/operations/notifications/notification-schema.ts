import { z } from 'zod';
import { noticeKinds } from '../../domain/notification.ts';
import { id, instant } from '../fields.ts';

export const notification = z
  .object({
    id,
    kind: z.enum(noticeKinds),
    text: z.string(),
    projectId: id,
    projectName: z.string(),
    taskId: id.nullable(),
    taskTitle: z.string().nullable(),
    actorId: id.nullable(),
    actorName: z.string().nullable(),
    readAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Notification' });
