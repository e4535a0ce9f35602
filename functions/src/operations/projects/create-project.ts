import { z } from 'zod';
import type { NewEvent } from '../../domain/event.ts';
import type { Role } from '../../domain/permission.ts';
import type { NewProject, Project } from '../../domain/project.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { project, projectFields } from './project-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    projects: { insert(ownerId: number, project: NewProject): Promise<Project> };
    members: { insert(projectId: number, userId: number, role: Role): Promise<boolean> };
    outbox: { add(...events: NewEvent[]): Promise<unknown> };
  }>;
};

export const createProject = defineOperation({
  name: 'projects/createProject',
  summary: 'Creates a project whose owner is the caller',
  route: 'POST /projects',
  access: 'user',
  input: z.strictObject(projectFields),
  output: project,
  status: 201,
  creates: true,
  versioned: true,
  run: ({ inTransaction }: Deps, caller, input) =>
    inTransaction(async ({ projects, members, outbox }) => {
      const created = await projects.insert(caller.userId, input);
      await members.insert(created.id, caller.userId, 'owner');
      await outbox.add({
        topic: 'task-events',
        type: 'project.created',
        projectId: created.id,
        payload: { projectId: created.id, version: created.version },
      });
      return created;
    }),
});
