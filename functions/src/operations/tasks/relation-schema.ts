import { z } from 'zod';
import { taskStatuses } from '../../domain/task.ts';
import { id } from '../fields.ts';

export const relationKind = z.enum([
  'blocks',
  'blocked_by',
  'relates',
  'duplicates',
  'duplicated_by',
]);

export const relations = z.object({
  items: z.array(
    z.object({
      kind: relationKind,
      task: z.object({ id, title: z.string(), status: z.enum(taskStatuses) }),
    }),
  ),
});
