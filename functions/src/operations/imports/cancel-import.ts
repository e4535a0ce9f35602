import { z } from 'zod';
import type { Import } from '../../domain/import.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { importJob, shownImport } from './import-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    imports: {
      lock(importId: number): Promise<Import | undefined>;
      finish(importId: number, state: 'cancelled'): Promise<boolean>;
      find(projectId: number, importId: number): Promise<Import | undefined>;
    };
  }>;
};

export const cancelImport = defineOperation({
  name: 'projects/cancelImport',
  summary: 'Stops a running import; tasks that it brought stay',
  route: 'POST /projects/{projectId}/imports/{importId}/cancel',
  access: 'project.import',
  input: z.strictObject({ projectId: id, importId: id }),
  output: importJob,
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, importId }) =>
    inTransaction(async ({ imports }) => {
      const current = await imports.lock(importId);
      if (current?.projectId !== projectId) throw new Failure('not_found');
      if (!(await imports.finish(importId, 'cancelled')))
        throw new Failure('conflict', { detail: wording.importOver });
      return shownImport((await imports.find(projectId, importId)) ?? current, caller.locale);
    }),
});
