import { z } from 'zod';
import type { CustomField } from '../../domain/custom-field.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { customField } from './custom-field-schema.ts';

type Deps = { customFields: { list(projectId: number): Promise<CustomField[]> } };

export const listCustomFields = defineOperation({
  name: 'projects/listCustomFields',
  summary: 'Fields that a project adds to its tasks',
  route: 'GET /projects/{projectId}/fields',
  access: 'field.read',
  input: z.strictObject({ projectId: id }),
  output: z.object({ items: z.array(customField) }),
  run: async ({ customFields }: Deps, _caller, { projectId }) => ({
    items: await customFields.list(projectId),
  }),
});
