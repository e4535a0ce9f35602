import { z } from 'zod';
import type { Sprint } from '../../domain/sprint.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';

type Deps = { sprints: { completed(projectId: number, limit: number): Promise<Sprint[]> } };

const entry = z.object({
  sprintId: id,
  name: z.string(),
  startDate: z.string(),
  endDate: z.string(),
  committedPoints: z.number(),
  completedPoints: z.number(),
  committedTasks: z.int(),
  completedTasks: z.int(),
});

export const getVelocity = defineOperation({
  name: 'projects/getVelocity',
  summary: 'What the last sprints committed to and delivered, oldest first, and the average',
  route: 'GET /projects/{projectId}/velocity',
  access: 'sprint.read',
  input: z.strictObject({ projectId: id, sprints: z.int().min(1).max(50).default(10) }),
  output: z.object({ items: z.array(entry), averagePoints: z.number(), averageTasks: z.number() }),
  run: async ({ sprints }: Deps, _caller, { projectId, sprints: count }) => {
    const last = (await sprints.completed(projectId, count)).toReversed();
    return {
      items: last.map(one => ({ ...one, sprintId: one.id })),
      averagePoints: average(last.map(one => one.completedPoints)),
      averageTasks: average(last.map(one => one.completedTasks)),
    };
  },
});

const average = (values: number[]): number => {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.length === 0 ? 0 : Math.round((10 * sum) / values.length) / 10;
};
