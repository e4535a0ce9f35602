import { describe, expect, it } from 'vitest';
import { builtInTemplates } from '../../src/domain/built-in-templates.ts';
import type { Project } from '../../src/domain/project.ts';
import type { Task } from '../../src/domain/task.ts';
import { callAs, failureOf, sharedDatabase } from '../support/callers.ts';
import { makeTeam, someone } from '../support/team.ts';

const tasksOf = async (userId: number, projectId: number) => {
  const input = { projectId, sort: 'created', order: 'asc' };
  return (await callAs<{ items: Task[] }>(userId, 'listTasks', input)).items;
};

describe('a new project', () => {
  it('makes its creator the owner, with the default settings', async () => {
    const ana = await someone('Ana Torres');
    expect(await callAs(ana, 'createProject', { name: 'Primero' })).toMatchObject({
      ownerId: ana,
      role: 'owner',
      methodology: 'agile',
      settings: { defaultPriority: 'medium', sprintLengthDays: 14, language: 'es' },
      archivedAt: null,
    });
  });

  it('comes with sample tasks when it is somebody’s first', async () => {
    const ana = await someone('Ana Torres');
    const input = { name: 'Primero', onboarding: true };
    const { id } = await callAs<Project>(ana, 'createProject', input);
    const tasks = await tasksOf(ana, id);
    expect(tasks.map(task => task.title)).toEqual([
      'Conoce PM-Bot',
      'Invita a tu equipo',
      'Crea tu primera tarea de verdad',
    ]);
    expect(tasks[0]?.dueDate).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it.each(builtInTemplates.map(template => template.key))('starts from %s', async key => {
    const ana = await someone('Ana Torres');
    const created = await callAs<Project>(ana, 'createProject', {
      name: 'Con base',
      template: key,
    });
    const { content } = builtInTemplates.find(template => template.key === key) ?? {};
    expect(created.methodology).toBe(content?.methodology);
    expect((await tasksOf(ana, created.id)).map(task => task.title)).toEqual(
      content?.tasks.map(task => task.title),
    );
  });

  it('starts from a template of one’s own, which nobody else can use', async () => {
    const [ana, luis] = [await someone('Ana Torres'), await someone('Luis Vega')];
    const { id: projectId } = await callAs<Project>(ana, 'createProject', {
      name: 'Modelo',
      methodology: 'kanban',
      template: 'construction',
    });
    const saved = await callAs<{ key: string }>(ana, 'saveTemplate', { projectId, name: 'Mía' });
    const { items } = await callAs<{ items: { key: string }[] }>(ana, 'listTemplates', {});
    expect(items.map(item => item.key)).toContain(saved.key);
    const input = { name: 'Copia', template: saved.key };
    const copy = await callAs<Project>(ana, 'createProject', input);
    expect(copy.methodology).toBe('kanban');
    expect(await tasksOf(ana, copy.id)).toHaveLength(8);
    expect(await failureOf(callAs(luis, 'createProject', input))).toBe('validation_failed');
    const remove = (userId: number) =>
      failureOf(callAs(userId, 'deleteTemplate', { templateId: Number(saved.key) }));
    expect([await remove(luis), await remove(ana)]).toEqual(['not_found', 'ok']);
  });
});

describe('archive', () => {
  it('keeps a project readable and refuses work in it until it comes back', async () => {
    const team = await makeTeam();
    const { projectId } = team;
    const { id: taskId } = await callAs<Task>(team.member, 'createTask', { projectId, title: 'x' });
    expect(await failureOf(callAs(team.member, 'archiveProject', { projectId }))).toBe('forbidden');
    await callAs(team.manager, 'archiveProject', { projectId });
    expect(await callAs(team.viewer, 'getTask', { taskId })).toMatchObject({ id: taskId });
    const work = () => failureOf(callAs(team.member, 'createTask', { projectId, title: 'y' }));
    expect(await work()).toBe('conflict');
    const listed = async (archived: boolean) =>
      (await callAs<{ items: Project[] }>(team.viewer, 'listProjects', { archived })).items.length;
    expect([await listed(false), await listed(true)]).toEqual([0, 1]);
    await callAs(team.manager, 'unarchiveProject', { projectId });
    expect(await work()).toBe('ok');
  });
});

describe('deleting a project', () => {
  it('can be taken back by its owner for 30 days', async () => {
    const team = await makeTeam();
    const { projectId } = team;
    await callAs(team.owner, 'deleteProject', { projectId });
    const restore = (userId: number) => callAs(userId, 'restoreProject', { projectId });
    expect(await failureOf(restore(team.manager))).toBe('forbidden');
    expect(await failureOf(restore(team.outsider))).toBe('not_found');
    const db = await sharedDatabase();
    const since = (days: number) =>
      db
        .updateTable('projects')
        .set({ deleted_at: new Date(Date.now() - days * 86_400_000).toISOString() })
        .where('id', '=', projectId)
        .execute();
    await since(31);
    expect(await failureOf(restore(team.owner))).toBe('conflict');
    await since(29);
    expect(await restore(team.owner)).toMatchObject({ id: projectId });
    expect(await failureOf(restore(team.owner))).toBe('not_found');
  });
});

describe('changing a project', () => {
  it('answers a stale If-Match with the current state and keeps before and after', async () => {
    const team = await makeTeam();
    const { projectId } = team;
    const change = (fields: object, more = {}) =>
      callAs(team.manager, 'updateProject', { projectId, ...fields }, more);
    expect(await change({ name: 'Otro' }, { expectedVersion: 1 })).toMatchObject({ version: 2 });
    await expect(change({ name: 'Tarde' }, { expectedVersion: 1 })).rejects.toMatchObject({
      code: 'precondition_failed',
      options: { extra: { current: { name: 'Otro', version: 2 } } },
    });
    expect(await failureOf(change({}))).toBe('validation_failed');
    expect(await callAs(team.viewer, 'listActivity', { projectId, limit: 1 })).toMatchObject({
      items: [{ before: { name: 'Equipo' }, after: { name: 'Otro' }, fields: ['name'] }],
    });
  });
});
