import { z } from 'zod';
import { addDays, dateIn, datesBetween, endOfWeek, startOfDay } from '../../domain/calendar.ts';
import { defaultSettings, type ProjectSettings } from '../../domain/project.ts';
import type { Sprint } from '../../domain/sprint.ts';
import {
  type StatusAnswer,
  type StatusQuestion,
  statusReport,
} from '../../domain/status-report.ts';
import { burndownOf, trendDays, trendOf } from '../../domain/trend.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { type Report, statusOutput } from './status-schema.ts';

export type StatusDeps = {
  clock(): Date;
  projects: { settingsOf(projectId: number): Promise<ProjectSettings> };
  sprints: { active(projectId: number): Promise<Sprint | undefined> };
  status: { ask(projectId: number, question: StatusQuestion): Promise<StatusAnswer> };
  projectCache: {
    remember(
      projectId: number,
      name: string,
      compute: () => Promise<Report>,
    ): Promise<{ value: Report; cached: boolean }>;
  };
};

export const getStatus = defineOperation({
  name: 'projects/getStatus',
  summary:
    'How a project is doing: counts by state and person, overdue, due this week, trend of 14 days, burndown of the running sprint',
  route: 'GET /projects/{projectId}/status',
  access: 'project.read',
  wants: 'timezone',
  input: z.strictObject({ projectId: id }),
  output: statusOutput,
  run: (deps: StatusDeps, { timezone = 'UTC' }, { projectId }) =>
    statusIn(deps, timezone, projectId),
});

/** The report as of now, remembered for whoever asks from the same day and time zone. */
const statusIn = async (deps: StatusDeps, zone: string, projectId: number) => {
  const { clock, projectCache } = deps;
  const now = clock();
  const today = dateIn(now, zone);
  const { value, cached } = await projectCache.remember(
    projectId,
    `status:${today}:${zone}`,
    async () => ({
      ...(await compute(deps, projectId, today, zone)),
      generatedAt: now.toISOString(),
    }),
  );
  return { ...value, cached };
};

const compute = async (
  { projects, sprints, status }: StatusDeps,
  projectId: number,
  today: string,
  zone: string,
): Promise<Omit<Report, 'generatedAt'>> => {
  const dates = datesBetween(addDays(today, 1 - trendDays), today);
  const sprint = await sprints.active(projectId);
  const sprintDates = sprint ? datesBetween(sprint.startDate, sprint.endDate) : [];
  const { workingDays } = sprint ? await projects.settingsOf(projectId) : defaultSettings;
  const { counts, days, ...answer } = await status.ask(projectId, {
    today,
    weekEnd: endOfWeek(today),
    trendFrom: instants(dates, zone),
    sprint: sprint && { id: sprint.id, dayStarts: instants(sprintDates, zone) },
  });
  return {
    projectId,
    ...statusReport(counts),
    trend: trendOf(dates, days),
    burndown:
      sprint && answer.sprint
        ? {
            sprintId: sprint.id,
            name: sprint.name,
            totalPoints: answer.sprint.points,
            totalTasks: answer.sprint.tasks,
            days: burndownOf(sprintDates, today, answer.sprint, workingDays),
          }
        : null,
  };
};

const instants = (dates: string[], zone: string): string[] =>
  dates.map(date => startOfDay(date, zone).toISOString());
