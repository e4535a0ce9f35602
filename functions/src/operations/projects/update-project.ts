import { z } from 'zod';
import type { NewEvent } from '../../domain/event.ts';
import type { Project, ProjectChanges } from '../../domain/project.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { project, projectFields } from './project-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    projects: {
      findFor(userId: number, projectId: number): Promise<Project | undefined>;
      update(
        projectId: number,
        changes: ProjectChanges,
        expectedVersion?: number,
      ): Promise<number | undefined>;
    };
    outbox: { add(...events: NewEvent[]): Promise<unknown> };
  }>;
};

export const updateProject = defineOperation({
  name: 'projects/updateProject',
  summary: 'Changes the given fields of a project; settings are merged',
  route: 'PUT /projects/{projectId}',
  access: 'project.update',
  input: z.strictObject({ projectId: id, ...projectFields, name: projectFields.name.optional() }),
  output: project,
  versioned: true,
  failures: ['precondition_failed'],
  run: ({ inTransaction }: Deps, caller, { projectId, ...changes }) =>
    inTransaction(async ({ projects, outbox }) => {
      if (Object.keys(changes).length === 0)
        throw new Failure('validation_failed', { detail: wording.nothingToChange });
      const version = await projects.update(projectId, changes, caller.expectedVersion);
      const current = await projects.findFor(caller.userId, projectId);
      if (!current) throw new Failure('not_found');
      if (version === undefined)
        throw new Failure('precondition_failed', {
          detail: wording.changedMeanwhile,
          extra: { current },
        });
      await outbox.add({
        topic: 'task-events',
        type: 'project.updated',
        projectId,
        payload: { projectId, version, fields: Object.keys(changes) },
      });
      return current;
    }),
});
