import { beforeAll, describe, expect, it } from 'vitest';
import { person, testDatabase } from '../../test/support/database.ts';
import { commentRepository } from './comments.ts';
import { customFieldRepository } from './custom-fields.ts';
import { projectRepository } from './projects.ts';
import { attachmentRepository, checklistRepository, relationRepository } from './task-parts.ts';
import { taskRepository } from './tasks.ts';

const { db } = await testDatabase();
const tasks = taskRepository(db);
const relations = relationRepository(db);
const checklists = checklistRepository(db);
let ana = 0;
let projectId = 0;

beforeAll(async () => {
  ana = await person(db, 'Ana Torres');
  projectId = (await projectRepository(db).insert(ana, { name: 'Uno' })).id;
});

const task = async (title: string, parentId?: number) =>
  (await tasks.insert(projectId, ana, { title, parentId })).id;

describe('subtasks', () => {
  it('knows the line of ancestors and how deep subtasks go', async () => {
    const top = await task('Arriba');
    const middle = await task('Medio', top);
    const bottom = await task('Abajo', middle);
    expect(await tasks.lineage(bottom, 8)).toEqual([bottom, middle, top]);
    expect(await tasks.height(top, 8)).toBe(2);
    expect(await tasks.height(bottom, 8)).toBe(0);
  });

  it('lets subtasks stand alone when their parent goes', async () => {
    const top = await task('Se va');
    const child = await task('Se queda', top);
    const [released] = await tasks.releaseChildren(top);
    expect(released).toMatchObject({ id: child, parentId: null, version: 2 });
  });

  it('brings a task back without a parent and without an assignee who left', async () => {
    const { id } = await tasks.insert(projectId, ana, { title: 'Vuelve', assigneeId: ana });
    await tasks.remove(id);
    expect(await tasks.lockDeleted(id)).toMatchObject({ deletedAt: expect.any(String) });
    expect(await tasks.restore(id)).toMatchObject({ assigneeId: null, version: 3 });
    expect(await tasks.find(id)).toBeDefined();
  });
});

describe('relations', () => {
  it('reads from both sides and hides deleted tasks', async () => {
    const [first, second] = [await task('Primera'), await task('Segunda')];
    expect(await relations.insert({ taskId: first, kind: 'blocks', otherId: second })).toBe(true);
    expect(await relations.insert({ taskId: first, kind: 'blocks', otherId: second })).toBe(false);
    expect(await relations.list(first)).toMatchObject([{ kind: 'blocks', task: { id: second } }]);
    expect(await relations.list(second)).toMatchObject([
      { kind: 'blocked_by', task: { id: first } },
    ]);
    await tasks.remove(second);
    expect(await relations.list(first)).toEqual([]);
  });

  it('follows a chain of blocks to its end', async () => {
    const [a, b, c] = [await task('a'), await task('b'), await task('c')];
    await relations.insert({ taskId: a, kind: 'blocks', otherId: b });
    await relations.insert({ taskId: b, kind: 'blocks', otherId: c });
    expect(await relations.leadsTo('blocks', a, c)).toBe(true);
    expect(await relations.leadsTo('blocks', c, a)).toBe(false);
    expect(await relations.leadsTo('duplicates', a, c)).toBe(false);
  });
});

describe('checklist', () => {
  it('keeps the order that people give it', async () => {
    const id = await task('Con lista');
    const [one, two, three] = [
      await checklists.insert(id, 'uno', false),
      await checklists.insert(id, 'dos', true),
      await checklists.insert(id, 'tres', false),
    ];
    await checklists.place(id, three.id, null);
    await checklists.place(id, one.id, two.id);
    expect((await checklists.list(id)).map(item => item.text)).toEqual(['tres', 'dos', 'uno']);
  });

  it('does not find an item through another task', async () => {
    const [own, other] = [await task('Suya'), await task('Ajena')];
    const item = await checklists.insert(own, 'uno', false);
    expect(await checklists.find(other, item.id)).toBeUndefined();
    expect(await checklists.remove(other, item.id)).toBeUndefined();
  });
});

describe('comments', () => {
  it('keeps mentions as numbers and counts versions', async () => {
    const comments = commentRepository(db);
    const id = await task('Comentada');
    const commentId = await comments.insert(id, ana, { body: 'Mira @Ana', mentions: [ana] });
    await comments.update(commentId, { body: 'Mira', mentions: [] });
    expect(await comments.find(id, commentId)).toMatchObject({
      body: 'Mira',
      mentions: [],
      version: 2,
      authorName: 'Ana Torres',
    });
    const again = await comments.insert(id, ana, { body: 'Otra', mentions: [ana] });
    expect((await comments.list(id, 10, commentId)).map(row => row.id)).toEqual([again]);
    expect((await comments.list(id, 10)).at(-1)?.mentions).toEqual([ana]);
  });
});

describe('attachments', () => {
  it('belong to one task', async () => {
    const attachments = attachmentRepository(db);
    const [own, other] = [await task('Con archivo'), await task('Sin archivo')];
    const file = { name: 'a.pdf', contentType: 'application/pdf', size: 9, object: 'o/1' };
    const { id } = await attachments.insert(own, ana, file);
    expect(await attachments.find(own, id)).toMatchObject({ ...file, state: 'pending' });
    expect(await attachments.find(other, id)).toBeUndefined();
    await attachments.markStored(id);
    expect(await attachments.list(own)).toMatchObject([{ state: 'stored' }]);
    expect(await attachments.count(own)).toBe(1);
  });
});

describe('custom fields', () => {
  it('takes its values along when it goes, and no others', async () => {
    const fields = customFieldRepository(db);
    const color = await fields.insert(projectId, { name: 'Color', type: 'text', options: [] });
    expect(
      await fields.insert(projectId, { name: 'COLOR', type: 'text', options: [] }),
    ).toBeUndefined();
    const other = await fields.insert(projectId, { name: 'Talla', type: 'number', options: [] });
    const values = { [color?.id ?? 0]: 'rojo', [other?.id ?? 0]: 42 };
    const { id } = await tasks.insert(projectId, ana, { title: 'x', customFields: values });
    expect(await fields.remove(projectId, color?.id ?? 0)).toBe(true);
    expect((await tasks.find(id))?.customFields).toEqual({ [other?.id ?? 0]: 42 });
  });
});
