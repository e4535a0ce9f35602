import { z } from 'zod';
import { methodologies } from '../../domain/project.ts';

export const template = z
  .object({
    /** For `template` when creating a project. */
    key: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    methodology: z.enum(methodologies),
    tasks: z.array(z.string()),
    builtIn: z.boolean(),
  })
  .meta({ id: 'Template' });

/** Templates that one person may keep. */
export const templateLimit = 50;
/** Tasks that one template may hold. */
export const templateTaskLimit = 200;
