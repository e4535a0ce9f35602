import { z } from 'zod';
import type { NewSprint, Sprint } from '../../domain/sprint.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { requireSpan, sprint, sprintFields } from './sprint-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    sprints: { insert(projectId: number, sprint: NewSprint): Promise<Sprint> };
    outbox: AddEvents;
  }>;
};

export const createSprint = defineOperation({
  name: 'projects/createSprint',
  summary: 'Plans a sprint',
  route: 'POST /projects/{projectId}/sprints',
  access: 'sprint.manage',
  input: z.strictObject({ projectId: id, ...sprintFields }),
  output: sprint,
  status: 201,
  creates: true,
  refuses: ['endDate'],
  versioned: true,
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, ...fields }) =>
    inTransaction(async ({ sprints, outbox }) => {
      requireSpan(fields.startDate, fields.endDate);
      const created = await sprints.insert(projectId, fields);
      await outbox.add(
        projectEvent(
          'sprint.created',
          { projectId, actorId: caller.userId },
          { sprintId: created.id, after: fields },
        ),
      );
      return created;
    }),
});
