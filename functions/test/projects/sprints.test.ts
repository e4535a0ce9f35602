import { beforeEach, describe, expect, it } from 'vitest';
import type { Sprint } from '../../src/domain/sprint.ts';
import type { Task } from '../../src/domain/task.ts';
import { callAs, failureOf } from '../support/callers.ts';
import { makeTeam, type Team } from '../support/team.ts';

let team: Team;
let projectId = 0;
beforeEach(async () => {
  team = await makeTeam();
  ({ projectId } = team);
});

const plan = (name = 'Sprint', fields = {}) =>
  callAs<Sprint>(team.manager, 'createSprint', {
    projectId,
    name,
    startDate: '2026-03-02',
    endDate: '2026-03-15',
    ...fields,
  });
const step = (name: string, sprintId: number, more = {}, userId = team.manager) =>
  callAs<Sprint>(userId, name, { projectId, sprintId, ...more });
const addTask = (fields: object) =>
  callAs<Task>(team.member, 'createTask', { projectId, title: 'x', ...fields });
const sprintOf = async (taskId: number) =>
  (await callAs<Task>(team.viewer, 'getTask', { taskId })).sprintId;

describe('sprints', () => {
  it('run one at a time, even when two start at the same moment', async () => {
    const [one, two] = [await plan('Uno'), await plan('Dos')];
    const outcomes = await Promise.all(
      [one, two].map(sprint => failureOf(step('startSprint', sprint.id))),
    );
    expect(outcomes.toSorted()).toEqual(['conflict', 'ok']);
  });

  it('are as long as the project says when no end is given', async () => {
    const startDate = '2026-02-20';
    expect(await plan('Lo normal', { startDate, endDate: undefined })).toMatchObject({
      endDate: '2026-03-05',
    });
    const settings = { sprintLengthDays: 7 };
    await callAs(team.owner, 'updateProject', { projectId, settings });
    expect(await plan('Corto', { startDate, endDate: undefined })).toMatchObject({
      endDate: '2026-02-26',
    });
    expect(await plan('A medida', { startDate, endDate: '2026-02-21' })).toMatchObject({
      endDate: '2026-02-21',
    });
    const atTheEnd = plan('Sin mañana', { startDate: '9999-12-31', endDate: undefined });
    expect(await failureOf(atTheEnd)).toBe('validation_failed');
  });

  it('keep what was committed and delivered, and move what is unfinished on request', async () => {
    const [current, next] = [await plan('Uno'), await plan('Dos')];
    const done = await addTask({ sprintId: current.id, storyPoints: 3, status: 'done' });
    const open = await addTask({ sprintId: current.id, storyPoints: 5 });
    expect(await step('startSprint', current.id)).toMatchObject({
      state: 'active',
      committedPoints: 8,
      committedTasks: 2,
    });
    const finish = { unfinished: 'next', nextSprintId: next.id };
    expect(await step('completeSprint', current.id, finish)).toMatchObject({
      state: 'completed',
      completedPoints: 3,
      completedTasks: 1,
    });
    expect([await sprintOf(done.id), await sprintOf(open.id)]).toEqual([current.id, next.id]);
    expect(await callAs(team.viewer, 'getVelocity', { projectId })).toMatchObject({
      items: [{ sprintId: current.id, committedPoints: 8, completedPoints: 3 }],
      averagePoints: 3,
    });
  });

  it('leave no open task behind when one is planned while they complete', async () => {
    const { id: sprintId } = await plan();
    await step('startSprint', sprintId);
    const outcomes = await Promise.all([
      ...[1, 2, 3].map(() => failureOf(addTask({ sprintId }))),
      failureOf(step('completeSprint', sprintId)),
      ...[4, 5, 6].map(() => failureOf(addTask({ sprintId }))),
    ]);
    expect(outcomes.filter(outcome => !['ok', 'validation_failed'].includes(outcome))).toEqual([]);
    expect(await callAs(team.viewer, 'listTasks', { projectId, sprintId })).toMatchObject({
      items: [],
    });
  });

  it('tell of every task that goes back to the backlog when they are deleted, done ones too', async () => {
    const { id: sprintId } = await plan();
    const { id: taskId, version } = await addTask({ sprintId, status: 'done' });
    await step('deleteSprint', sprintId);
    expect(await callAs(team.viewer, 'getTask', { taskId })).toMatchObject({
      sprintId: null,
      version: version + 1,
    });
    const activity = { projectId, ofTaskId: taskId, limit: 1 };
    expect(await callAs(team.viewer, 'listActivity', activity)).toMatchObject({
      items: [{ type: 'task.updated', before: { sprintId }, after: { sprintId: null } }],
    });
  });

  it('let tasks of a sprint that is over be changed by clients that send all of a task', async () => {
    const { id: sprintId } = await plan();
    const { id: taskId } = await addTask({ sprintId, status: 'done' });
    await step('startSprint', sprintId);
    await step('completeSprint', sprintId);
    const whole = { taskId, title: 'Otro nombre', sprintId, status: 'done' };
    expect(await callAs(team.member, 'updateTask', whole)).toMatchObject({ sprintId });
  });

  it.each([
    ['backlog', null],
    ['stay', 'same'],
  ])('leave unfinished tasks in: %s', async (unfinished, expected) => {
    const sprint = await plan();
    const open = await addTask({ sprintId: sprint.id });
    await step('startSprint', sprint.id);
    await step('completeSprint', sprint.id, { unfinished });
    expect(await sprintOf(open.id)).toBe(expected === 'same' ? sprint.id : null);
  });

  it('refuse steps that do not fit their state', async () => {
    const sprint = await plan();
    expect(await failureOf(step('completeSprint', sprint.id))).toBe('conflict');
    await step('startSprint', sprint.id);
    expect(await failureOf(step('startSprint', sprint.id))).toBe('conflict');
    expect(await failureOf(step('deleteSprint', sprint.id))).toBe('conflict');
    const nowhere = step('completeSprint', sprint.id, { unfinished: 'next' });
    expect(await failureOf(nowhere)).toBe('validation_failed');
    await step('completeSprint', sprint.id);
    expect(await failureOf(step('updateSprint', sprint.id, { name: 'x' }))).toBe('conflict');
    expect(await failureOf(addTask({ sprintId: sprint.id }))).toBe('validation_failed');
  });

  it('free their tasks when they are deleted before they start', async () => {
    const sprint = await plan();
    const task = await addTask({ sprintId: sprint.id });
    await step('deleteSprint', sprint.id);
    expect(await sprintOf(task.id)).toBeNull();
    expect(await failureOf(step('getSprint', sprint.id))).toBe('not_found');
  });

  it('change under If-Match, and last between 1 and 90 days', async () => {
    const sprint = await plan();
    const change = (fields: object, expectedVersion: number) =>
      callAs(
        team.manager,
        'updateSprint',
        { projectId, sprintId: sprint.id, ...fields },
        { expectedVersion },
      );
    expect(await change({ goal: 'Terminar' }, 1)).toMatchObject({ goal: 'Terminar', version: 2 });
    expect(await failureOf(change({ goal: 'Tarde' }, 1))).toBe('precondition_failed');
    expect(await failureOf(change({ endDate: '2026-03-01' }, 2))).toBe('validation_failed');
    expect(await failureOf(plan('Largo', { endDate: '2026-12-31' }))).toBe('validation_failed');
  });

  it('belong to their project, and managers run them', async () => {
    const sprint = await plan();
    const other = await makeTeam();
    const foreign = callAs(other.owner, 'getSprint', {
      projectId: other.projectId,
      sprintId: sprint.id,
    });
    expect(await failureOf(foreign)).toBe('not_found');
    expect(await failureOf(step('startSprint', sprint.id, {}, team.member))).toBe('forbidden');
    const { items } = await callAs<{ items: Sprint[] }>(team.viewer, 'listSprints', { projectId });
    expect(items.map(item => item.id)).toEqual([sprint.id]);
  });
});
