import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Task } from '../../src/domain/task.ts';
import { callAs, failureOf } from '../support/callers.ts';
import { makeTeam, type Team } from '../support/team.ts';

let team: Team;
beforeAll(async () => {
  team = await makeTeam();
});

const create = (fields: Record<string, unknown> = {}, userId = team.member) =>
  callAs<Task>(userId, 'createTask', { projectId: team.projectId, title: 'Tarea', ...fields });
const update = (taskId: number, fields: Record<string, unknown>, expectedVersion?: number) =>
  callAs<Task>(
    team.member,
    'updateTask',
    { taskId, ...fields },
    expectedVersion === undefined ? {} : { expectedVersion },
  );
const fails = (fields: Record<string, unknown>) => failureOf(create(fields));

type Activity = { items: { type: string; before: unknown; after: unknown; actorId: number }[] };
const lastEvent = async () => {
  const { projectId } = team;
  return (await callAs<Activity>(team.viewer, 'listActivity', { projectId, limit: 1 })).items[0];
};

describe('what a task may hold', () => {
  it('keeps every field', async () => {
    const { id: parentId } = await create({ type: 'epic' });
    const fields = {
      type: 'bug',
      startDate: '2026-03-01',
      dueDate: '2026-03-09',
      labels: ['api'],
      storyPoints: 1.5,
      parentId,
      assigneeId: team.member,
    };
    expect(await create(fields)).toMatchObject({ ...fields, version: 1, completedAt: null });
  });

  it('keeps each label once', async () => {
    const labels = ['api', 'web', 'api', ' web '];
    expect(await create({ labels })).toMatchObject({ labels: ['api', 'web'] });
  });

  it('takes the priority that the project prefers unless one is given', async () => {
    const other = await makeTeam({ settings: { defaultPriority: 'high' } });
    const call = (more = {}) =>
      callAs(other.owner, 'createTask', { projectId: other.projectId, title: 'x', ...more });
    expect(await call()).toMatchObject({ priority: 'high' });
    expect(await call({ priority: 'low' })).toMatchObject({ priority: 'low' });
  });

  it.each([
    ['an assignee who is no member', () => ({ assigneeId: team.outsider })],
    ['an assignee who may only look', () => ({ assigneeId: team.viewer })],
    ['a start after the due date', () => ({ startDate: '2026-02-02', dueDate: '2026-02-01' })],
    ['a sprint that does not exist', () => ({ sprintId: 987_654_321 })],
    ['a parent that does not exist', () => ({ parentId: 987_654_321 })],
    ['an own field that does not exist', () => ({ customFields: { 987654321: 'x' } })],
    ['a date that is none', () => ({ dueDate: '2026-02-30' })],
    ['the year zero', () => ({ dueDate: '0000-01-01' })],
  ])('refuses %s', async (_name, fields) => {
    expect(await fails(fields())).toBe('validation_failed');
  });

  it('refuses a parent of another project', async () => {
    const other = await makeTeam();
    const foreign = await callAs<Task>(other.owner, 'createTask', {
      projectId: other.projectId,
      title: 'Ajena',
    });
    expect(await fails({ parentId: foreign.id })).toBe('validation_failed');
  });

  it('never lets two tasks become each other’s parent, not even at the same moment', async () => {
    const [a, b] = [await create(), await create()];
    const outcomes = await Promise.all([
      failureOf(update(a.id, { parentId: b.id })),
      failureOf(update(b.id, { parentId: a.id })),
    ]);
    expect(outcomes.toSorted()).toEqual(['ok', 'validation_failed']);
  });

  it('limits how deep subtasks go', async () => {
    let parentId: number | undefined;
    for (let depth = 0; depth < 8; depth++) ({ id: parentId } = await create({ parentId }));
    expect(await fails({ parentId })).toBe('validation_failed');
  });
});

describe('own fields', () => {
  it('keeps values of the right type, merges changes and clears with null', async () => {
    const field = (name: string, type: string, options?: string[]) =>
      callAs<{ id: number }>(team.manager, 'createCustomField', {
        projectId: team.projectId,
        name,
        type,
        ...(options && { options }),
      });
    const color = await field('Color', 'choice', ['rojo', 'azul']);
    const count = await field('Cantidad', 'number');
    const task = await create({ customFields: { [color.id]: 'rojo', [count.id]: 3 } });
    const changed = await update(task.id, { customFields: { [count.id]: null } });
    expect(changed.customFields).toEqual({ [color.id]: 'rojo' });
    expect(await fails({ customFields: { [color.id]: 'verde' } })).toBe('validation_failed');
    expect(await fails({ customFields: { [count.id]: '3' } })).toBe('validation_failed');
    const taken = callAs(team.manager, 'createCustomField', {
      projectId: team.projectId,
      name: 'color',
      type: 'text',
    });
    expect(await failureOf(taken)).toBe('conflict');
  });
});

describe('edits that meet', () => {
  it('answers a stale If-Match with the current state', async () => {
    const task = await create();
    await update(task.id, { title: 'Nueva' });
    const late = update(task.id, { title: 'Tarde' }, 1);
    await expect(late).rejects.toMatchObject({
      code: 'precondition_failed',
      options: { extra: { current: { title: 'Nueva', version: 2 } } },
    });
  });

  it('merges edits of different fields made from the same base', async () => {
    const task = await create();
    await update(task.id, { title: 'Uno', baseVersion: 1 });
    const merged = await update(task.id, { priority: 'urgent', baseVersion: 1 });
    expect(merged).toMatchObject({ title: 'Uno', priority: 'urgent', version: 3 });
  });

  it('refuses an edit of the same field made from the same base, and names it', async () => {
    const task = await create();
    await update(task.id, { title: 'Uno', priority: 'low', baseVersion: 1 });
    const second = update(task.id, { title: 'Dos', status: 'done', baseVersion: 1 });
    await expect(second).rejects.toMatchObject({
      code: 'precondition_failed',
      options: { extra: { conflicts: ['title'], current: { title: 'Uno', status: 'todo' } } },
    });
  });

  it('merges edits of different own fields, and refuses those of the same one', async () => {
    const [one, two] = await Promise.all(
      ['Merge uno', 'Merge dos'].map(async name => {
        const field = { projectId: team.projectId, name, type: 'text' };
        return (await callAs<{ id: number }>(team.manager, 'createCustomField', field)).id;
      }),
    );
    const task = await create();
    const fill = (field: number | undefined, value: string) =>
      update(task.id, { customFields: { [String(field)]: value }, baseVersion: 1 });
    await fill(one, 'a');
    const values = { [String(one)]: 'a', [String(two)]: 'b' };
    expect(await fill(two, 'b')).toMatchObject({ customFields: values });
    await expect(fill(one, 'c')).rejects.toMatchObject({
      options: { extra: { conflicts: [`customFields.${one}`], current: { customFields: values } } },
    });
  });

  it('lets only one of twenty concurrent edits with the same If-Match through', async () => {
    const task = await create();
    const edits = Array.from({ length: 20 }, (_, index) =>
      failureOf(update(task.id, { title: `Edición ${index}` }, 1)),
    );
    const outcomes = await Promise.all(edits);
    expect(outcomes.filter(outcome => outcome === 'ok')).toHaveLength(1);
    expect(outcomes.filter(outcome => outcome === 'precondition_failed')).toHaveLength(19);
  });

  it('leaves version and history alone when nothing changes', async () => {
    const task = await create();
    expect(await update(task.id, { title: 'Tarea' })).toMatchObject({ version: 1 });
    expect(await lastEvent()).toMatchObject({ type: 'task.created' });
  });

  it('refuses an empty change', async () => {
    const task = await create();
    expect(await failureOf(update(task.id, {}))).toBe('validation_failed');
  });
});

describe('history', () => {
  it('tells who changed what from what to what', async () => {
    const task = await create();
    await update(task.id, { status: 'in_progress', title: 'Otra' });
    expect(await lastEvent()).toMatchObject({
      type: 'task.updated',
      actorId: team.member,
      actorName: 'Marta Miembro',
      fields: ['title', 'status'],
      before: { title: 'Tarea', status: 'todo' },
      after: { title: 'Otra', status: 'in_progress' },
    });
  });

  it('follows a task through its change feed from a token on', async () => {
    const { projectId } = team;
    type Feed = { items: { type: string }[]; nextToken: string; hasMore: boolean };
    const { nextToken } = await callAs<Feed>(team.viewer, 'listChanges', {
      projectId,
      since: 'latest',
    });
    const task = await create();
    await callAs(team.member, 'deleteTask', { taskId: task.id });
    // A transaction of whatever database may hold changes back for a moment; the next call brings them.
    const after = (since: string, limit: number, hasMore: boolean) =>
      vi.waitUntil(
        async () => {
          const feed = await callAs<Feed>(team.viewer, 'listChanges', { projectId, since, limit });
          return feed.items.length > 0 && feed.hasMore === hasMore && feed;
        },
        { timeout: 10_000 },
      );
    const first = await after(nextToken, 1, true);
    expect(first.items).toMatchObject([{ type: 'task.created' }]);
    const rest = await after(first.nextToken, 50, false);
    expect(rest.items).toMatchObject([{ type: 'task.deleted' }]);
    const forged = callAs(team.viewer, 'listChanges', { projectId, since: 'x' });
    expect(await failureOf(forged)).toBe('validation_failed');
  });
});

describe('deleting', () => {
  it('frees subtasks and can be taken back, with everything but the parent', async () => {
    const parent = await create({ labels: ['a'] });
    const child = await create({ parentId: parent.id });
    await callAs(team.member, 'deleteTask', { taskId: parent.id });
    expect(await callAs(team.viewer, 'getTask', { taskId: child.id })).toMatchObject({
      parentId: null,
    });
    const taskId = parent.id;
    expect(await failureOf(callAs(team.viewer, 'restoreTask', { taskId }))).toBe('forbidden');
    expect(await failureOf(callAs(team.outsider, 'restoreTask', { taskId }))).toBe('not_found');
    expect(await callAs(team.member, 'restoreTask', { taskId })).toMatchObject({ labels: ['a'] });
    expect(await failureOf(callAs(team.member, 'restoreTask', { taskId }))).toBe('not_found');
  });
});

describe('relations', () => {
  const relate = (taskId: number, kind: string, otherTaskId: number) =>
    callAs(team.member, 'addRelation', { taskId, kind, otherTaskId });

  it('refuses circles, repeats, itself and foreign tasks', async () => {
    const [a, b, c] = [await create(), await create(), await create()];
    await relate(a.id, 'blocks', b.id);
    await relate(c.id, 'blocked_by', b.id);
    expect(await failureOf(relate(c.id, 'blocks', a.id))).toBe('conflict');
    expect(await failureOf(relate(a.id, 'blocks', b.id))).toBe('conflict');
    expect(await failureOf(relate(a.id, 'relates', a.id))).toBe('conflict');
    expect(await failureOf(relate(a.id, 'relates', 987_654_321))).toBe('validation_failed');
    const where = { taskId: b.id, kind: 'blocked_by', otherTaskId: a.id };
    await callAs(team.member, 'removeRelation', where);
    expect(await failureOf(callAs(team.member, 'removeRelation', where))).toBe('not_found');
    const { items } = await callAs<{ items: unknown[] }>(team.viewer, 'listRelations', {
      taskId: b.id,
    });
    expect(items).toMatchObject([{ kind: 'blocks', task: { id: c.id } }]);
  });

  it('closes no circle when two relations arrive at the same moment', async () => {
    const [a, b] = [await create(), await create()];
    const outcomes = await Promise.all([
      failureOf(relate(a.id, 'blocks', b.id)),
      failureOf(relate(b.id, 'blocks', a.id)),
    ]);
    expect(outcomes.toSorted()).toEqual(['conflict', 'ok']);
  });
});

describe('comments', () => {
  const say = (taskId: number, fields = {}, userId = team.member) =>
    callAs<{ id: number }>(userId, 'addComment', { taskId, body: 'Hola', ...fields });

  it('makes whoever comments follow the task', async () => {
    const { id: taskId } = await create();
    await say(taskId, {}, team.manager);
    const { items } = await callAs<{ items: unknown[] }>(team.viewer, 'listWatchers', { taskId });
    expect(items).toEqual([{ userId: team.manager, fullName: 'Gema Gestora' }]);
  });

  it('mentions members only', async () => {
    const { id: taskId } = await create();
    expect(await say(taskId, { mentions: [team.viewer] })).toMatchObject({
      mentions: [team.viewer],
    });
    expect(await failureOf(say(taskId, { mentions: [team.outsider] }))).toBe('validation_failed');
  });

  it('belong to their author, but managers may delete them', async () => {
    const { id: taskId } = await create();
    const { id: commentId } = await say(taskId);
    const edit = (userId: number, more = {}) =>
      callAs(userId, 'updateComment', { taskId, commentId, body: 'Otra' }, more);
    expect(await failureOf(edit(team.manager))).toBe('forbidden');
    expect(await edit(team.member)).toMatchObject({ body: 'Otra', version: 2 });
    expect(await failureOf(edit(team.member, { expectedVersion: 1 }))).toBe('precondition_failed');
    const other = await create();
    const wrong = callAs(team.member, 'deleteComment', { taskId: other.id, commentId });
    expect(await failureOf(wrong)).toBe('not_found');
    await callAs(team.manager, 'deleteComment', { taskId, commentId });
    expect(await callAs(team.viewer, 'listComments', { taskId })).toMatchObject({ items: [] });
  });
});

describe('checklists', () => {
  it('adds, ticks, moves and removes items of the task only', async () => {
    const { id: taskId } = await create();
    const add = (text: string) =>
      callAs<{ id: number }>(team.member, 'addChecklistItem', { taskId, text });
    const [one, two] = [await add('uno'), await add('dos')];
    const change = (itemId: number, fields: object, onTask = taskId) =>
      callAs(team.member, 'updateChecklistItem', { taskId: onTask, itemId, ...fields });
    expect(await change(one.id, { done: true })).toMatchObject({ done: true });
    await change(two.id, { afterId: null });
    const { items } = await callAs<{ items: { text: string }[] }>(team.viewer, 'listChecklist', {
      taskId,
    });
    expect(items.map(item => item.text)).toEqual(['dos', 'uno']);
    const other = await create();
    expect(await failureOf(change(one.id, { done: false }, other.id))).toBe('not_found');
    expect(await failureOf(change(one.id, { afterId: 987_654 }))).toBe('validation_failed');
    await callAs(team.member, 'deleteChecklistItem', { taskId, itemId: one.id });
    const again = callAs(team.member, 'deleteChecklistItem', { taskId, itemId: one.id });
    expect(await failureOf(again)).toBe('not_found');
  });
});

describe('lists', () => {
  it('leave a task out of what came after its own time, and find it in what came just before', async () => {
    const { id, createdAt } = await create({ title: 'A tiempo' });
    const found = async (filter: object) =>
      (
        await callAs<{ items: Task[] }>(team.viewer, 'listTasks', {
          projectId: team.projectId,
          ...filter,
        })
      ).items.some(task => task.id === id);
    // PostgreSQL's own clock, without the zeros that end it.
    const before = `${createdAt.slice(0, 19)}.${String(Number(createdAt.slice(20, -1).padEnd(6, '0')) - 1).padStart(6, '0')}Z`;
    expect(await found({ createdAfter: createdAt })).toBe(false);
    expect(await found({ createdAfter: before })).toBe(true);
  });

  it('are empty when filters contradict each other', async () => {
    await create({ title: 'De nadie' });
    const filter = { projectId: team.projectId, unassigned: true, assigneeId: team.member };
    expect(await callAs(team.viewer, 'listTasks', filter)).toMatchObject({ items: [] });
  });

  it('pages through a search with its own cursor and refuses that of another order', async () => {
    for (let index = 0; index < 3; index++) await create({ title: `Buscada ${index}` });
    const page = (more: object) =>
      callAs<{ items: Task[]; nextCursor: string | null }>(team.viewer, 'listTasks', {
        projectId: team.projectId,
        q: 'buscadas',
        limit: 2,
        ...more,
      });
    const first = await page({});
    const second = await page({ cursor: first.nextCursor });
    expect([...first.items, ...second.items]).toHaveLength(3);
    expect(second.nextCursor).toBeNull();
    const misused = page({ cursor: first.nextCursor, sort: 'title' });
    expect(await failureOf(misused)).toBe('validation_failed');
  });
});
