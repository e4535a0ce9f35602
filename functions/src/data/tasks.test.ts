import { beforeAll, describe, expect, it } from 'vitest';
import { person, testDatabase } from '../../test/support/database.ts';
import { projectRepository } from './projects.ts';
import { taskRepository } from './tasks.ts';

const { db } = await testDatabase();
const tasks = taskRepository(db);
let ana = 0;
let projectId = 0;
let elsewhere = 0;

beforeAll(async () => {
  ana = await person(db, 'Ana Torres');
  projectId = (await projectRepository(db).insert(ana, { name: 'Uno' })).id;
  elsewhere = (await projectRepository(db).insert(ana, { name: 'Dos' })).id;
});

describe('taskRepository', () => {
  it('stores what it is given and fills in the rest', async () => {
    const task = await tasks.insert(projectId, ana, {
      title: 'Revisar el contrato',
      assigneeId: ana,
      dueDate: '2026-11-27',
      labels: ['legal', 'señales'],
      storyPoints: 2.5,
    });
    expect(task).toMatchObject({
      projectId,
      status: 'todo',
      priority: 'medium',
      dueDate: '2026-11-27',
      labels: ['legal', 'señales'],
      storyPoints: 2.5,
      version: 1,
    });
    expect(new Date(task.createdAt).getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(task.createdAt).toMatch(/Z$/);
    expect(await tasks.find(task.id)).toEqual(task);
  });

  it('changes only the given fields and counts versions', async () => {
    const task = await tasks.insert(projectId, ana, { title: 'Cambios', priority: 'high' });
    const updated = await tasks.update(task.id, { status: 'done', assigneeId: undefined });
    expect(updated).toMatchObject({ status: 'done', priority: 'high', version: 2 });
    expect(await tasks.update(task.id, { dueDate: null })).toMatchObject({ status: 'done' });
  });

  it('remembers when a task was completed and forgets it when it is reopened', async () => {
    const { id } = await tasks.insert(projectId, ana, { title: 'Cierre', status: 'done' });
    const completedAt = () =>
      db.selectFrom('tasks').select('completed_at').where('id', '=', id).executeTakeFirstOrThrow();
    const first = (await completedAt()).completed_at;
    expect(first).not.toBeNull();
    await tasks.update(id, { status: 'done' });
    expect((await completedAt()).completed_at).toBe(first);
    await tasks.update(id, { status: 'todo' });
    expect((await completedAt()).completed_at).toBeNull();
  });

  it('hides a deleted task everywhere', async () => {
    const task = await tasks.insert(projectId, ana, { title: 'Borrada sin rastro' });
    expect(await tasks.remove(task.id)).toBe(2);
    expect(await tasks.remove(task.id)).toBeUndefined();
    expect(await tasks.find(task.id)).toBeUndefined();
    expect(await tasks.findSimilar(projectId, 'borrada sin rastro', 5)).toEqual([]);
  });

  it.each(['revisión del contrato', 'CONTRATO', 'contarto revisar', 'revisar contrato'])(
    'finds "Revisar el contrato" by %s',
    async text => {
      const [best] = await tasks.findSimilar(projectId, text, 3);
      expect(best?.title).toBe('Revisar el contrato');
      expect(best?.similarity).toBeGreaterThan(0.3);
    },
  );

  it('never finds tasks of another project', async () => {
    const titles = (await tasks.findSimilar(elsewhere, 'contrato', 10)).map(task => task.title);
    expect(titles).toEqual([]);
  });
});
