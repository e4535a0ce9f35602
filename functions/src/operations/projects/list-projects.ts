import { z } from 'zod';
import type { Project } from '../../domain/project.ts';
import { decodeCursor, page, pageOf, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { project } from './project-schema.ts';

type Deps = {
  projects: {
    listFor(
      userId: number,
      archived: boolean,
      limit: number,
      beforeId?: number,
    ): Promise<Project[]>;
  };
};

export const listProjects = defineOperation({
  name: 'projects/listProjects',
  summary: 'Projects that the caller is a member of, newest first',
  route: 'GET /projects',
  access: 'user',
  input: z.strictObject({ archived: z.boolean().default(false), ...page }),
  output: pageOf(project),
  run: async ({ projects }: Deps, caller, { archived, limit, cursor }) =>
    toPage(
      await projects.listFor(caller.userId, archived, limit + 1, decodeCursor(cursor)),
      limit,
      row => row.id,
    ),
});
