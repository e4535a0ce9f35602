import { z } from 'zod';
import type { Sprint } from '../../domain/sprint.ts';
import { Failure } from '../../platform/failure.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { sprint } from './sprint-schema.ts';

type Deps = {
  sprints: { find(projectId: number, sprintId: number): Promise<Sprint | undefined> };
};

export const getSprint = defineOperation({
  name: 'projects/getSprint',
  summary: 'A sprint with what was committed and delivered',
  route: 'GET /projects/{projectId}/sprints/{sprintId}',
  access: 'sprint.read',
  input: z.strictObject({ projectId: id, sprintId: id }),
  output: sprint,
  versioned: true,
  run: async ({ sprints }: Deps, _caller, { projectId, sprintId }) => {
    const found = await sprints.find(projectId, sprintId);
    if (!found) throw new Failure('not_found');
    return found;
  },
});
