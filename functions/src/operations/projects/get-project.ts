import { z } from 'zod';
import type { Project } from '../../domain/project.ts';
import { Failure } from '../../platform/failure.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { project } from './project-schema.ts';

type Deps = {
  projects: { findFor(userId: number, projectId: number): Promise<Project | undefined> };
};

export const getProject = defineOperation({
  name: 'projects/getProject',
  summary: 'A project that the caller is a member of',
  route: 'GET /projects/{projectId}',
  access: 'project.read',
  input: z.strictObject({ projectId: id }),
  output: project,
  versioned: true,
  run: async ({ projects }: Deps, caller, { projectId }) => {
    const found = await projects.findFor(caller.userId, projectId);
    if (!found) throw new Failure('not_found');
    return found;
  },
});
