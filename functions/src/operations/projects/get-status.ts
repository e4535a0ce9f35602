import { z } from 'zod';
import { dateIn, endOfWeek } from '../../domain/calendar.ts';
import { type StatusCount, statusReport } from '../../domain/status-report.ts';
import { id, instant } from '../fields.ts';
import { defineOperation } from '../operation.ts';

type Deps = {
  clock(): Date;
  users: { timezoneOf(userId: number): Promise<string> };
  status: { count(projectId: number, today: string, weekEnd: string): Promise<StatusCount[]> };
};

const count = z.int().nonnegative();

export const statusOutput = z
  .object({
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
    generatedAt: instant,
    cached: z.boolean(),
  })
  .meta({ id: 'ProjectStatus' });

export const getStatus = defineOperation({
  name: 'projects/getStatus',
  summary: 'How a project is doing: counts by state and person, overdue, due this week',
  route: 'GET /projects/{projectId}/status',
  access: 'project.read',
  input: z.strictObject({ projectId: id }),
  output: statusOutput,
  run: async ({ clock, users, status }: Deps, caller, { projectId }) => {
    const now = clock();
    const today = dateIn(now, await users.timezoneOf(caller.userId));
    const rows = await status.count(projectId, today, endOfWeek(today));
    return {
      projectId,
      ...statusReport(rows),
      generatedAt: now.toISOString(),
      cached: false,
    };
  },
});
