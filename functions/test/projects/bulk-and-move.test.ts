import { beforeAll, describe, expect, it } from 'vitest';
import type { Task } from '../../src/domain/task.ts';
import { callAs, failureOf } from '../support/callers.ts';
import { makeTeam, type Team } from '../support/team.ts';

let team: Team;
let elsewhere: Team;
beforeAll(async () => {
  [team, elsewhere] = await Promise.all([makeTeam(), makeTeam()]);
});

const create = (fields = {}, of = team) =>
  callAs<Task>(of.owner, 'createTask', { projectId: of.projectId, title: 'Tarea', ...fields });
const bulk = (steps: unknown[], userId = team.member) =>
  callAs<{ items: { taskId: number; action: string; task: Task | null }[] }>(userId, 'bulkTasks', {
    projectId: team.projectId,
    steps,
  });
const get = (taskId: number) => callAs<Task>(team.viewer, 'getTask', { taskId });

describe('bulk', () => {
  it('creates, changes and deletes in one go', async () => {
    const [kept, gone] = [await create(), await create()];
    const { items } = await bulk([
      { action: 'create', task: { title: 'Nueva' } },
      { action: 'update', taskId: kept.id, changes: { status: 'done' } },
      { action: 'delete', taskId: gone.id },
    ]);
    expect(items.map(item => item.action)).toEqual(['create', 'update', 'delete']);
    expect(await get(kept.id)).toMatchObject({ status: 'done' });
    expect(await failureOf(get(gone.id))).toBe('not_found');
  });

  it('does nothing at all when one step fails, and says which', async () => {
    const mine = await create();
    const foreign = await create({}, elsewhere);
    const attempt = bulk([
      { action: 'update', taskId: mine.id, changes: { title: 'Cambiada' } },
      { action: 'delete', taskId: foreign.id },
      { action: 'update', taskId: mine.id, version: 1, changes: { title: 'Otra' } },
    ]);
    await expect(attempt).rejects.toMatchObject({
      code: 'not_found',
      options: {
        extra: {
          items: [
            { index: 0, ok: true },
            { index: 1, ok: false, code: 'not_found' },
            { index: 2, ok: false, code: 'precondition_failed' },
          ],
        },
      },
    });
    expect(await get(mine.id)).toMatchObject({ title: 'Tarea', version: 1 });
  });

  it('takes a hundred steps and no more', async () => {
    const steps = Array.from({ length: 100 }, (_, index) => ({
      action: 'create',
      task: { title: `Masiva ${index}` },
    }));
    expect((await bulk(steps)).items).toHaveLength(100);
    expect(await failureOf(bulk([...steps, steps[0]]))).toBe('validation_failed');
    expect(await failureOf(bulk([]))).toBe('validation_failed');
    expect(await failureOf(bulk(steps, team.viewer))).toBe('forbidden');
  });

  it('does not deadlock when two calls change the same tasks in opposite order', async () => {
    const tasks = await Promise.all(Array.from({ length: 10 }, () => create()));
    const steps = (title: string) =>
      tasks.map(task => ({ action: 'update', taskId: task.id, changes: { title } }));
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        failureOf(bulk(index % 2 ? steps(`a${index}`).toReversed() : steps(`b${index}`))),
      ),
    );
    expect(new Set(outcomes)).toEqual(new Set(['ok']));
  });
});

describe('move', () => {
  const move = (taskId: number, toProjectId: number, userId = team.owner) =>
    callAs<Task>(userId, 'moveTask', { taskId, toProjectId });

  it('takes a task along with its comments and leaves behind what belongs to the project', async () => {
    const { id: otherId } = await callAs<{ id: number }>(team.owner, 'createProject', {
      name: 'Destino',
    });
    const parent = await create();
    const task = await create({ parentId: parent.id, assigneeId: team.member, labels: ['x'] });
    const child = await create({ parentId: task.id });
    await callAs(team.owner, 'addRelation', {
      taskId: task.id,
      kind: 'blocks',
      otherTaskId: parent.id,
    });
    await callAs(team.owner, 'addComment', { taskId: task.id, body: 'Me llevo esto' });
    expect(await move(task.id, otherId)).toMatchObject({
      projectId: otherId,
      parentId: null,
      assigneeId: null,
      labels: ['x'],
    });
    expect(await failureOf(get(task.id))).toBe('not_found');
    expect(await get(child.id)).toMatchObject({ parentId: null });
    const taskId = task.id;
    expect(await callAs(team.owner, 'listComments', { taskId })).toMatchObject({
      items: [{ body: 'Me llevo esto' }],
    });
    expect(await callAs(team.owner, 'listRelations', { taskId })).toEqual({ items: [] });
  });

  it('needs the right to work in both projects', async () => {
    const task = await create();
    expect(await failureOf(move(task.id, elsewhere.projectId))).toBe('not_found');
    expect(await failureOf(move(task.id, team.projectId, team.viewer))).toBe('forbidden');
    expect(await failureOf(move(task.id, 987_654_321))).toBe('not_found');
  });
});
