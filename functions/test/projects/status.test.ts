import { beforeAll, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/domain/project.ts';
import { getStatus, type StatusDeps } from '../../src/operations/projects/get-status.ts';
import { callAs, failureOf, sharedDatabase } from '../support/callers.ts';
import { makeTeam, type Team } from '../support/team.ts';

type Status = {
  total: number;
  completionPercent: number;
  cached: boolean;
  byStatus: Record<string, number>;
  byAssignee: { userId: number; total: number; done: number }[];
  burndown: { days: { idealPoints: number }[] } | null;
  trend: { date: string; total: number; done: number }[];
};

let team: Team;
beforeAll(async () => {
  team = await makeTeam();
});

const status = (userId = team.viewer) =>
  callAs<Status>(userId, 'getStatus', { projectId: team.projectId });
const create = (fields = {}) =>
  callAs<{ id: number }>(team.member, 'createTask', {
    projectId: team.projectId,
    title: 'x',
    ...fields,
  });

describe('status', () => {
  it('is right at once after every kind of write, and cached in between', async () => {
    const first = await create({ assigneeId: team.member });
    expect(await status()).toMatchObject({ total: 1, completionPercent: 0, cached: false });
    expect(await status()).toMatchObject({ total: 1, cached: true });
    await callAs(team.member, 'updateTask', { taskId: first.id, status: 'done' });
    expect(await status()).toMatchObject({ completionPercent: 100, cached: false });
    const second = await create();
    expect(await status()).toMatchObject({ total: 2, byStatus: { todo: 1, done: 1 } });
    await callAs(team.member, 'deleteTask', { taskId: second.id });
    expect(await status()).toMatchObject({ total: 1, cached: false });
    await callAs(team.member, 'restoreTask', { taskId: second.id });
    expect(await status()).toMatchObject({ total: 2, cached: false });
    await callAs(team.owner, 'removeMember', { projectId: team.projectId, userId: team.member });
    expect(await status()).toMatchObject({ byAssignee: [], cached: false });
  });

  it('ends the trend with today and what is true now', async () => {
    const own = await makeTeam();
    await callAs(own.member, 'createTask', {
      projectId: own.projectId,
      title: 'x',
      status: 'done',
    });
    const { trend } = await callAs<Status>(own.viewer, 'getStatus', { projectId: own.projectId });
    expect(trend).toHaveLength(14);
    expect(trend.at(-2)).toMatchObject({ total: 0, done: 0 });
    expect(trend.at(-1)).toMatchObject({ total: 1, done: 1 });
  });

  it('shows the burndown of the running sprint', async () => {
    const own = await makeTeam();
    const db = await sharedDatabase();
    const today = new Date().toISOString().slice(0, 10);
    const { id } = await db
      .insertInto('sprints')
      .values({
        project_id: own.projectId,
        name: 'Actual',
        state: 'active',
        start_date: today,
        end_date: today,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const task = { projectId: own.projectId, title: 'x', sprintId: id, storyPoints: 5 };
    await callAs(own.member, 'createTask', task);
    await callAs(own.member, 'createTask', { ...task, status: 'done' });
    expect(await callAs(own.viewer, 'getStatus', { projectId: own.projectId })).toMatchObject({
      burndown: {
        sprintId: id,
        totalPoints: 10,
        days: [{ date: today, remainingPoints: 5, remainingTasks: 1, idealPoints: 0 }],
      },
    });
  });

  it('expects nothing of the burndown on days off of the project, from the moment they are changed', async () => {
    const own = await makeTeam();
    const { projectId } = own;
    // A Monday to the Sunday after.
    const week = { startDate: '2026-03-02', endDate: '2026-03-08' };
    const plan = { projectId, name: 'Semana', ...week };
    const { id: sprintId } = await callAs<{ id: number }>(own.manager, 'createSprint', plan);
    await callAs(own.member, 'createTask', { projectId, title: 'x', sprintId, storyPoints: 10 });
    await callAs(own.manager, 'startSprint', { projectId, sprintId });
    const ideal = async () => {
      const { burndown } = await callAs<Status>(own.viewer, 'getStatus', { projectId });
      return burndown?.days.map(day => day.idealPoints);
    };
    expect(await ideal()).toEqual([8, 6, 4, 2, 0, 0, 0]);
    await callAs(own.owner, 'updateProject', { projectId, settings: { workingDays: [1, 7] } });
    expect(await ideal()).toEqual([5, 5, 5, 5, 5, 5, 0]);
  });

  it('takes the days of the project’s time zone, and refuses a zone that does not exist', async () => {
    const change = (timezone: string) =>
      callAs(team.owner, 'updateProject', { projectId: team.projectId, settings: { timezone } });
    await change('America/Bogota');
    expect(await status()).toMatchObject({ cached: false });
    expect(await failureOf(change('Marte/Olimpo'))).toBe('validation_failed');
  });
});

describe('getStatus', () => {
  const at = async (instant: string, zone: string) => {
    const asked: unknown[] = [];
    const deps: StatusDeps = {
      clock: () => new Date(instant),
      projects: { settingsOf: async () => defaultSettings },
      sprints: { active: async () => undefined },
      status: {
        ask: async (_projectId, question) => {
          asked.push(question);
          return { counts: [], days: [], sprint: null };
        },
      },
      projectCache: {
        remember: async (_projectId, name, compute) => {
          asked.push(name);
          return { value: await compute(), cached: false };
        },
      },
    };
    await getStatus.run(deps, { userId: 1, timezone: zone } as never, { projectId: 1 });
    return asked;
  };

  it('counts from the day that it is where the people are', async () => {
    const [name, question] = await at('2026-03-01T03:00:00Z', 'America/Bogota');
    expect(name).toBe('status:2026-02-28:America/Bogota');
    expect(question).toMatchObject({ today: '2026-02-28', weekEnd: '2026-03-01' });
    expect((question as { trendFrom: string[] }).trendFrom.at(-1)).toBe('2026-02-28T05:00:00.000Z');
  });
});
