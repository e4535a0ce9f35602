import { z } from 'zod';
import type { Sprint, SprintLoad } from '../../domain/sprint.ts';
import { wording } from '../../domain/wording.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { refusal } from '../refusal.ts';
import { replanned } from './delete-sprint.ts';
import { requireState, sprint } from './sprint-schema.ts';

type Sprints = {
  hold(projectId: number, sprintId: number): Promise<Sprint | undefined>;
  lock(projectId: number, sprintId: number): Promise<Sprint | undefined>;
  load(sprintId: number): Promise<SprintLoad>;
  complete(sprintId: number, load: SprintLoad): Promise<Sprint>;
  moveUnfinished(
    sprintId: number,
    toSprintId: number | null,
  ): Promise<{ taskId: number; version: number }[]>;
};

type Deps = { inTransaction: InTransaction<{ sprints: Sprints; outbox: AddEvents }> };

export const completeSprint = defineOperation({
  name: 'projects/completeSprint',
  summary:
    'Completes the running sprint. `unfinished` says where open tasks go: `stay`, `backlog`, or the sprint of `nextSprintId`',
  route: 'POST /projects/{projectId}/sprints/{sprintId}/complete',
  access: 'sprint.manage',
  input: z.strictObject({
    projectId: id,
    sprintId: id,
    unfinished: z.enum(['stay', 'backlog', 'next']).default('backlog'),
    nextSprintId: id.optional(),
  }),
  output: sprint,
  versioned: true,
  refuses: ['nextSprintId'],
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, sprintId, unfinished, nextSprintId }) =>
    inTransaction(async ({ sprints, outbox }) => {
      const about = { projectId, actorId: caller.userId };
      requireState(await sprints.lock(projectId, sprintId), ['active']);
      const target = unfinished === 'next' ? await nextOf(sprints, projectId, nextSprintId) : null;
      const load = await sprints.load(sprintId);
      const moved = unfinished === 'stay' ? [] : await sprints.moveUnfinished(sprintId, target);
      const completed = await sprints.complete(sprintId, load);
      await outbox.add(
        ...moved.map(task => replanned({ ...about, ...task }, sprintId, target)),
        projectEvent('sprint.completed', about, {
          sprintId,
          after: { points: load.donePoints, tasks: load.doneTasks },
          moved: moved.length,
        }),
      );
      return completed;
    }),
});

const nextOf = async (
  sprints: Sprints,
  projectId: number,
  nextSprintId: number | undefined,
): Promise<number> => {
  const next = nextSprintId === undefined ? undefined : await sprints.hold(projectId, nextSprintId);
  if (next?.state !== 'planned') throw refusal('nextSprintId', wording.sprintUnknown);
  return next.id;
};
