import { z } from 'zod';
import { addDays } from '../../domain/calendar.ts';
import type { ProjectSettings } from '../../domain/project.ts';
import type { NewSprint, Sprint } from '../../domain/sprint.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { requireSpan, sprint, sprintFields } from './sprint-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    projects: { settingsOf(projectId: number): Promise<ProjectSettings> };
    sprints: { insert(projectId: number, sprint: NewSprint): Promise<Sprint> };
    outbox: AddEvents;
  }>;
};

export const createSprint = defineOperation({
  name: 'projects/createSprint',
  summary: 'Plans a sprint; without `endDate` it is as long as sprints of the project are',
  route: 'POST /projects/{projectId}/sprints',
  access: 'sprint.manage',
  input: z.strictObject({
    projectId: id,
    ...sprintFields,
    endDate: sprintFields.endDate.optional(),
  }),
  output: sprint,
  status: 201,
  creates: true,
  refuses: ['endDate'],
  versioned: true,
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, ...given }) =>
    inTransaction(async ({ projects, sprints, outbox }) => {
      const { sprintLengthDays } = await projects.settingsOf(projectId);
      const usualEnd = addDays(given.startDate, sprintLengthDays - 1);
      const fields = { ...given, endDate: given.endDate ?? usualEnd };
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
