import { z } from 'zod';
import type { Import } from '../../domain/import.ts';
import { decodeCursor, id, page, pageOf, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { importJob, shownImport } from './import-schema.ts';

type Deps = {
  imports: { list(projectId: number, limit: number, beforeId?: number): Promise<Import[]> };
};

export const listImports = defineOperation({
  name: 'projects/listImports',
  summary: 'Imports of a project, newest first; kept for 90 days',
  route: 'GET /projects/{projectId}/imports',
  access: 'import.read',
  input: z.strictObject({ projectId: id, ...page }),
  output: pageOf(importJob),
  run: async ({ imports }: Deps, caller, { projectId, limit, cursor }) => {
    const rows = await imports.list(projectId, limit + 1, decodeCursor(cursor));
    const shown = rows.map(job => shownImport(job, caller.locale));
    return toPage(shown, limit, job => job.id);
  },
});
