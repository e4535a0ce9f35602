import { z } from 'zod';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { type ArchivingDeps, setArchived } from './archiving.ts';
import { project } from './project-schema.ts';

export const archiveProject = defineOperation({
  name: 'projects/archiveProject',
  summary: 'Puts a project away: it can be read, but not changed',
  route: 'POST /projects/{projectId}/archive',
  access: 'project.archive',
  input: z.strictObject({ projectId: id }),
  output: project,
  versioned: true,
  run: (deps: ArchivingDeps, caller, { projectId }) =>
    setArchived(deps, caller.userId, projectId, true),
});
