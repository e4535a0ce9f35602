import { z } from 'zod';
import { id, instant } from '../fields.ts';

const count = z.int().nonnegative();

const burndown = z.object({
  sprintId: id,
  name: z.string(),
  totalPoints: z.number(),
  totalTasks: count,
  days: z.array(
    z.object({
      date: z.string(),
      /** Unknown for days to come. */
      remainingPoints: z.number().nullable(),
      remainingTasks: z.int().nullable(),
      idealPoints: z.number(),
    }),
  ),
});

const report = z.object({
  projectId: id,
  total: count,
  byStatus: z.object({
    todo: count,
    in_progress: count,
    blocked: count,
    in_review: count,
    done: count,
  }),
  completionPercent: z.int().min(0).max(100),
  overdue: count,
  dueThisWeek: count,
  unassigned: count,
  byAssignee: z.array(
    z.object({ userId: id, fullName: z.string(), total: count, done: count, overdue: count }),
  ),
  trend: z.array(z.object({ date: z.string(), total: count, done: count })),
  burndown: burndown.nullable(),
  generatedAt: instant,
});

export type Report = z.output<typeof report>;

export const statusOutput = report.extend({ cached: z.boolean() }).meta({ id: 'ProjectStatus' });
