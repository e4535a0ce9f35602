import { z } from 'zod';
import type { Sprint } from '../../domain/sprint.ts';
import { decodeCursor, id, page, pageOf, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { sprint } from './sprint-schema.ts';

type Deps = {
  sprints: { list(projectId: number, limit: number, beforeId?: number): Promise<Sprint[]> };
};

export const listSprints = defineOperation({
  name: 'projects/listSprints',
  summary: 'Sprints of a project, newest first',
  route: 'GET /projects/{projectId}/sprints',
  access: 'sprint.read',
  input: z.strictObject({ projectId: id, ...page }),
  output: pageOf(sprint),
  run: async ({ sprints }: Deps, _caller, { projectId, limit, cursor }) =>
    toPage(await sprints.list(projectId, limit + 1, decodeCursor(cursor)), limit, row => row.id),
});
