import { z } from 'zod';
import type { HistoryFilter, ProjectEvent } from '../../domain/history.ts';
import { decodeCursor, id, page, pageOf, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { activity, readable } from './event-schema.ts';

type Deps = {
  history: {
    list(
      projectId: number,
      filter: HistoryFilter,
      limit: number,
      beforeId?: number,
    ): Promise<ProjectEvent[]>;
  };
};

export const listActivity = defineOperation({
  name: 'projects/listActivity',
  summary: 'What happened in a project, newest first: who changed what, from what, to what',
  route: 'GET /projects/{projectId}/activity',
  access: 'project.read',
  input: z.strictObject({
    projectId: id,
    actorId: id.optional(),
    ofTaskId: id.optional(),
    types: z
      .array(z.string().regex(/^[a-z_]+\.[a-z_]+$/))
      .min(1)
      .max(20)
      .optional(),
    ...page,
  }),
  output: pageOf(activity),
  run: async ({ history }: Deps, _caller, { projectId, limit, cursor, ofTaskId, ...filter }) => {
    const wanted = { ...filter, taskId: ofTaskId };
    const rows = await history.list(projectId, wanted, limit + 1, decodeCursor(cursor));
    return toPage(rows.map(readable), limit, row => row.id);
  },
});
