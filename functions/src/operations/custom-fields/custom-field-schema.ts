import { z } from 'zod';
import { customFieldTypes } from '../../domain/custom-field.ts';
import { id, line } from '../fields.ts';

export const fieldName = line(100);
export const fieldOptions = z.array(line(100)).max(100);

export const customField = z
  .object({
    id,
    projectId: id,
    name: z.string(),
    type: z.enum(customFieldTypes),
    options: z.array(z.string()),
  })
  .meta({ id: 'CustomField' });

/** Fields that one project may have. */
export const fieldLimit = 50;
