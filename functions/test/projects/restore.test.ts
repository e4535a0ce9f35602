import { beforeAll, describe, expect, it } from 'vitest';
import { taskRepository } from '../../src/data/tasks.ts';
import { callAs, failureOf, sharedDatabase } from '../support/callers.ts';
import { makeTeam, type Team } from '../support/team.ts';

let team: Team;
beforeAll(async () => {
  team = await makeTeam();
});

const day = 86_400_000;

/** A task that was deleted so many days ago. */
const deletedFor = async (days: number): Promise<number> => {
  const task = { projectId: team.projectId, title: 'Borrada', labels: ['a'] };
  const { id: taskId } = await callAs<{ id: number }>(team.member, 'createTask', task);
  await callAs(team.member, 'deleteTask', { taskId });
  const db = await sharedDatabase();
  const deleted_at = new Date(Date.now() - days * day).toISOString();
  await db.updateTable('tasks').set({ deleted_at }).where('id', '=', taskId).execute();
  return taskId;
};
const restore = (taskId: number) => callAs(team.member, 'restoreTask', { taskId });

describe('a deleted task', () => {
  it('comes back for 30 days, as it was', async () => {
    const taskId = await deletedFor(29.99);
    expect(await restore(taskId)).toMatchObject({ title: 'Borrada', labels: ['a'] });
    expect(await callAs(team.viewer, 'getTask', { taskId })).toMatchObject({ id: taskId });
    // It is no longer deleted.
    expect(await failureOf(restore(taskId))).toBe('not_found');
  });

  it('does not come back after that, and is gone when the night has passed', async () => {
    const [late, kept] = [await deletedFor(30.01), await deletedFor(29)];
    expect(await failureOf(restore(late))).toBe('conflict');
    const db = await sharedDatabase();
    await taskRepository(db).purge(30);
    expect(await failureOf(restore(late))).toBe('not_found');
    expect(await failureOf(restore(kept))).toBe('ok');
  });
});

describe('a deleted project', () => {
  it('shows itself to its owner, who can bring it back', async () => {
    const { owner, manager, projectId } = await makeTeam({ name: 'Por error' });
    const list = (userId: number, filter = {}) =>
      callAs<{ items: { id: number; name: string }[] }>(userId, 'listProjects', filter);
    const deleted = { deleted: true };
    expect(await list(owner, deleted)).toMatchObject({ items: [] });
    await callAs(owner, 'deleteProject', { projectId });
    expect(await list(owner)).toMatchObject({ items: [] });
    expect(await list(owner, deleted)).toMatchObject({ items: [{ id: projectId }] });
    expect(await list(manager, deleted)).toMatchObject({ items: [] });
    await callAs(owner, 'restoreProject', { projectId });
    expect(await list(owner, deleted)).toMatchObject({ items: [] });
    expect(await list(owner)).toMatchObject({ items: [{ id: projectId, name: 'Por error' }] });
  });
});
