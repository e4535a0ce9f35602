import { z } from 'zod';
import type { Import } from '../../domain/import.ts';
import { Failure } from '../../platform/failure.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { importJob, shownImport } from './import-schema.ts';

type Deps = {
  imports: { find(projectId: number, importId: number): Promise<Import | undefined> };
};

export const getImport = defineOperation({
  name: 'projects/getImport',
  summary: 'How far an import is, and what of it could not be taken over',
  route: 'GET /projects/{projectId}/imports/{importId}',
  access: 'import.read',
  input: z.strictObject({ projectId: id, importId: id }),
  output: importJob,
  run: async ({ imports }: Deps, caller, { projectId, importId }) => {
    const job = await imports.find(projectId, importId);
    if (!job) throw new Failure('not_found');
    return shownImport(job, caller.locale);
  },
});
