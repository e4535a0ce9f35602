import { z } from 'zod';
import type { Project, ProjectChanges } from '../../domain/project.ts';
import { changeBetween } from '../../domain/task.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { project, projectFields } from './project-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    projects: {
      lock(projectId: number): Promise<unknown>;
      findFor(userId: number, projectId: number): Promise<Project | undefined>;
      update(projectId: number, changes: ProjectChanges): Promise<number | undefined>;
    };
    outbox: AddEvents;
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
  bodySchema: { minProperties: 1 },
  refuses: ['settings.timezone'],
  failures: ['precondition_failed', 'conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, ...changes }) =>
    inTransaction(async ({ projects, outbox }) => {
      if (Object.values(changes).every(value => value === undefined))
        throw new Failure('validation_failed', { detail: wording.nothingToChange });
      await projects.lock(projectId);
      const before = await projects.findFor(caller.userId, projectId);
      if (!before) throw new Failure('not_found');
      if (caller.expectedVersion !== undefined && caller.expectedVersion !== before.version)
        throw new Failure('precondition_failed', {
          detail: wording.changedMeanwhile,
          extra: { current: before },
        });
      await projects.update(projectId, changes);
      const after = await projects.findFor(caller.userId, projectId);
      if (!after) throw new Failure('not_found');
      await outbox.add(
        projectEvent(
          'project.updated',
          { projectId, actorId: caller.userId, version: after.version },
          {
            projectId,
            ...changeBetween(before, after, ['name', 'description', 'methodology', 'settings']),
          },
        ),
      );
      return after;
    }),
});
