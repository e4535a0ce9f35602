import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation } from '../operation.ts';

type Deps = { templates: { remove(ownerId: number, templateId: number): Promise<boolean> } };

export const deleteTemplate = defineOperation({
  name: 'projects/deleteTemplate',
  summary: "Deletes a template of the caller's own",
  route: 'DELETE /projects/templates/{templateId}',
  access: 'user',
  input: z.strictObject({ templateId: id }),
  output: nothing,
  status: 204,
  failures: ['not_found'],
  run: async ({ templates }: Deps, caller, { templateId }) => {
    if (!(await templates.remove(caller.userId, templateId))) throw new Failure('not_found');
    return null;
  },
});
