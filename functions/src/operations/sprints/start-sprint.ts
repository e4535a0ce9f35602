import { z } from 'zod';
import type { Sprint, SprintLoad } from '../../domain/sprint.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { requireState, sprint } from './sprint-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    projects: { lock(projectId: number): Promise<unknown> };
    sprints: {
      lock(projectId: number, sprintId: number): Promise<Sprint | undefined>;
      load(sprintId: number): Promise<SprintLoad>;
      start(sprintId: number, load: SprintLoad): Promise<Sprint | undefined>;
    };
    outbox: AddEvents;
  }>;
};

export const startSprint = defineOperation({
  name: 'projects/startSprint',
  summary: 'Starts a sprint and keeps what the team commits to; only one runs at a time',
  route: 'POST /projects/{projectId}/sprints/{sprintId}/start',
  access: 'sprint.manage',
  input: z.strictObject({ projectId: id, sprintId: id }),
  output: sprint,
  versioned: true,
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, sprintId }) =>
    inTransaction(async ({ projects, sprints, outbox }) => {
      // Two sprints started at the same moment: the second must see the first.
      await projects.lock(projectId);
      requireState(await sprints.lock(projectId, sprintId), ['planned']);
      const load = await sprints.load(sprintId);
      const started = await sprints.start(sprintId, load);
      if (!started) throw new Failure('conflict', { detail: wording.sprintRunning });
      await outbox.add(
        projectEvent(
          'sprint.started',
          { projectId, actorId: caller.userId },
          { sprintId, after: { points: load.points, tasks: load.tasks } },
        ),
      );
      return started;
    }),
});
