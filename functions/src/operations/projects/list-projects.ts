import { z } from 'zod';
import type { Project, Shelf } from '../../domain/project.ts';
import { decodeCursor, page, pageOf, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { project } from './project-schema.ts';

type Deps = {
  projects: {
    listFor(userId: number, shelf: Shelf, limit: number, beforeId?: number): Promise<Project[]>;
  };
};

export const listProjects = defineOperation({
  name: 'projects/listProjects',
  summary:
    'Projects that the caller is a member of, newest first; with `archived` those in the archive, with `deleted` those that their owner can still restore',
  route: 'GET /projects',
  access: 'user',
  input: z.strictObject({
    archived: z.boolean().default(false),
    deleted: z.boolean().default(false),
    ...page,
  }),
  output: pageOf(project),
  run: async ({ projects }: Deps, { userId }, { archived, deleted, limit, cursor }) => {
    const kept = archived ? 'archived' : 'current';
    const shelf = deleted ? 'deleted' : kept;
    const rows = await projects.listFor(userId, shelf, limit + 1, decodeCursor(cursor));
    return toPage(rows, limit, row => row.id);
  },
});
