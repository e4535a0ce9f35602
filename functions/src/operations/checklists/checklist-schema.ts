import { z } from 'zod';
import { id, line } from '../fields.ts';

export const itemText = line(500);

export const checklistItem = z
  .object({ id, taskId: id, text: z.string(), done: z.boolean() })
  .meta({ id: 'ChecklistItem' });

/** Items that one task may have. */
export const checklistLimit = 200;
