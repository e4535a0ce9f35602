import { describe, expect, it } from 'vitest';
import { type MirrorDeps, mirrorEvent } from './mirror-event.ts';

const task = (id: number, projectId = 1) => ({ id, projectId, title: `Tarea ${id}` });

/** A mirror of strings, with a source that knows one project, two members and three tasks. */
const world = (state: { gone?: boolean; task?: object | undefined; seen?: number[] } = {}) => {
  const documents = new Map<string, unknown>();
  const seen = new Set(state.seen);
  const source = {
    lockProject: async () => {},
    project: async () => (state.gone ? undefined : { id: 1, name: 'Uno' }),
    task: async (id: number) => ('task' in state ? state.task : task(id)),
    tasksAfter: async (_project: number, after: number) =>
      [task(1), task(2), task(3)].filter(one => one.id > after),
    member: async (_project: number, userId: number) => (userId === 9 ? undefined : { userId }),
    membersAfter: async (_project: number, after: number) =>
      [{ userId: 1 }, { userId: 2 }].filter(one => one.userId > after),
  };
  const deps = {
    projectCache: { forget: async () => {} },
    mirror: {
      put: async (path: string, document: object) => void documents.set(path, document),
      putAll: async (all: [string, object][]) => {
        for (const [path, document] of all) documents.set(path, document);
      },
      remove: async (path: string) => void documents.delete(path),
      clear: async (path: string) => {
        for (const key of documents.keys()) if (key.startsWith(`${path}/`)) documents.delete(key);
      },
    },
    inTransaction: (work: (unit: object) => Promise<unknown>) =>
      work({
        source,
        consumed: {
          claim: async (_: string, id: number) => !seen.has(id) && Boolean(seen.add(id)),
        },
      }),
  } as unknown as MirrorDeps;
  return { documents, deps };
};

const event = (type: string, payload: Record<string, unknown>, eventId = 1) => ({
  eventId,
  type,
  projectId: 1,
  occurredAt: '2026-01-01T00:00:00Z',
  payload,
});

describe('mirrorEvent', () => {
  it('writes the task as it is now and removes one that is gone', async () => {
    const { documents, deps } = world();
    await mirrorEvent(deps, event('task.updated', { taskId: 5 }));
    expect(documents.get('projects/1/tasks/5')).toMatchObject({ title: 'Tarea 5' });
    const gone = world({ task: undefined });
    gone.documents.set('projects/1/tasks/5', {});
    await mirrorEvent(gone.deps, event('task.deleted', { taskId: 5 }));
    expect(gone.documents.size).toBe(0);
  });

  it('removes a task that has moved to another project', async () => {
    const { documents, deps } = world({ task: task(5, 2) });
    documents.set('projects/1/tasks/5', {});
    await mirrorEvent(deps, event('task.moved_out', { taskId: 5 }));
    expect(documents.size).toBe(0);
  });

  it('takes away the document that lets a former member read', async () => {
    const { documents, deps } = world();
    documents.set('projects/1/members/9', {});
    await mirrorEvent(deps, event('member.removed', { userId: 9 }));
    expect(documents.has('projects/1/members/9')).toBe(false);
  });

  it('clears everything of a deleted project and writes everything of a restored one', async () => {
    const gone = world({ gone: true });
    gone.documents.set('projects/1/members/1', {}).set('projects/1/tasks/1', {});
    await mirrorEvent(gone.deps, event('project.deleted', {}));
    expect(gone.documents.size).toBe(0);
    const { documents, deps } = world();
    await mirrorEvent(deps, event('project.restored', {}));
    expect([...documents.keys()]).toEqual([
      'projects/1',
      ...[1, 2, 3].map(id => `projects/1/tasks/${id}`),
      'projects/1/members/1',
      'projects/1/members/2',
    ]);
  });

  it('writes tasks that came together at once, when it hears of the last', async () => {
    const { documents, deps } = world();
    const batch = { from: 1, to: 2 };
    await mirrorEvent(deps, event('task.created', { taskId: 1, batch }, 1));
    expect(documents.size).toBe(0);
    await mirrorEvent(deps, event('task.created', { taskId: 2, batch }, 2));
    expect([...documents.keys()]).toEqual(['projects/1/tasks/1', 'projects/1/tasks/2']);
  });

  it('does nothing for an event that it has seen, or that belongs to no project', async () => {
    const { documents, deps } = world({ seen: [1] });
    await mirrorEvent(deps, event('task.updated', { taskId: 5 }));
    await mirrorEvent(deps, { ...event('x', { taskId: 5 }, 2), projectId: null });
    expect(documents.size).toBe(0);
  });
});
