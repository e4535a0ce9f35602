import { z } from 'zod';
import { roles } from '../../domain/permission.ts';
import { methodologies } from '../../domain/project.ts';
import { taskPriorities } from '../../domain/task.ts';
import { id, instant, line, text, timezone } from '../fields.ts';

const settings = {
  workingDays: z.array(z.int().min(1).max(7)).min(1).max(7),
  defaultPriority: z.enum(taskPriorities),
  sprintLengthDays: z.int().min(1).max(60),
  language: z.enum(['es', 'en']),
  timezone: timezone.nullable(),
};

export const projectSettings = z.object(settings);

export const projectFields = {
  name: line(255).meta({ examples: ['Lanzamiento de la web'] }),
  description: text(10_000).nullable().optional(),
  methodology: z.enum(methodologies).optional(),
  settings: z.strictObject(settings).partial().optional(),
};

export const project = z
  .object({
    id,
    name: z.string(),
    description: z.string().nullable(),
    ownerId: id,
    methodology: z.enum(methodologies),
    settings: projectSettings,
    role: z.enum(roles),
    archivedAt: instant.nullable(),
    version: z.int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Project' });
