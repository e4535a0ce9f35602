import { z } from 'zod';
import type { Sprint, SprintChanges } from '../../domain/sprint.ts';
import { changeBetween } from '../../domain/task.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { requireSpan, requireState, sprint, sprintFields } from './sprint-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    sprints: {
      lock(projectId: number, sprintId: number): Promise<Sprint | undefined>;
      update(sprintId: number, changes: SprintChanges): Promise<Sprint>;
    };
    outbox: AddEvents;
  }>;
};

export const updateSprint = defineOperation({
  name: 'projects/updateSprint',
  summary: 'Changes a sprint that is not over',
  route: 'PUT /projects/{projectId}/sprints/{sprintId}',
  access: 'sprint.manage',
  input: z.strictObject({
    projectId: id,
    sprintId: id,
    name: sprintFields.name.optional(),
    goal: sprintFields.goal,
    startDate: sprintFields.startDate.optional(),
    endDate: sprintFields.endDate.optional(),
  }),
  output: sprint,
  versioned: true,
  refuses: ['endDate'],
  failures: ['conflict', 'precondition_failed'],
  run: ({ inTransaction }: Deps, caller, { projectId, sprintId, ...changes }) =>
    inTransaction(async ({ sprints, outbox }) => {
      const found = await sprints.lock(projectId, sprintId);
      const before = requireState(found, ['planned', 'active']);
      if (caller.expectedVersion !== undefined && caller.expectedVersion !== before.version)
        throw new Failure('precondition_failed', {
          detail: wording.changedMeanwhile,
          extra: { current: before },
        });
      requireSpan(changes.startDate ?? before.startDate, changes.endDate ?? before.endDate);
      const after = await sprints.update(sprintId, changes);
      const fields = ['name', 'goal', 'startDate', 'endDate'] as const;
      await outbox.add(
        projectEvent(
          'sprint.updated',
          { projectId, actorId: caller.userId },
          { sprintId, ...changeBetween(before, after, fields) },
        ),
      );
      return after;
    }),
});
