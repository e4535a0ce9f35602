import { z } from 'zod';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { type ArchivingDeps, setArchived } from './archiving.ts';
import { project } from './project-schema.ts';

export const unarchiveProject = defineOperation({
  name: 'projects/unarchiveProject',
  summary: 'Takes a project out of the archive',
  route: 'POST /projects/{projectId}/unarchive',
  access: 'project.archive',
  input: z.strictObject({ projectId: id }),
  output: project,
  versioned: true,
  run: (deps: ArchivingDeps, caller, { projectId }) =>
    setArchived(deps, caller.userId, projectId, false),
});
