import { beforeAll, describe, expect, it } from 'vitest';
import { person, testDatabase } from '../../test/support/database.ts';
import type { NewTask } from '../domain/task.ts';
import { type TaskFilter, type TaskSort, taskSorts } from '../domain/task-list.ts';
import { watcherRepository } from './comments.ts';
import { projectRepository } from './projects.ts';
import { sprintRepository } from './sprints.ts';
import { taskListRepository } from './task-list.ts';
import { taskRepository } from './tasks.ts';

const { db } = await testDatabase();
const tasks = taskRepository(db);
const { list } = taskListRepository(db);
let ana = 0;
let luis = 0;
let projectId = 0;
let sprintId = 0;
let parentId = 0;

const add = (task: NewTask, project = projectId) => tasks.insert(project, ana, task);

const titles = async (filter: TaskFilter, sort: TaskSort = 'created', descending = false) => {
  const rows = await list(projectId, filter, { sort, descending, limit: 50 });
  return rows.map(row => row.task.title);
};

beforeAll(async () => {
  ana = await person(db, 'Ana Torres');
  luis = await person(db, 'Luis Vega');
  projectId = (await projectRepository(db).insert(ana, { name: 'Uno' })).id;
  const dates = { startDate: '2026-01-05', endDate: '2026-01-18' };
  sprintId = (await sprintRepository(db).insert(projectId, { name: 'S1', ...dates })).id;
  parentId = (await add({ title: 'Contrato', type: 'epic', labels: ['legal', 'urgente'] })).id;
  await add({
    title: 'Revisión de cláusulas',
    description: 'Comprobar las garantías del proveedor',
    status: 'in_progress',
    priority: 'high',
    assigneeId: luis,
    startDate: '2026-01-06',
    dueDate: '2026-01-10',
    labels: ['legal'],
    storyPoints: 3,
    sprintId,
    parentId,
    customFields: { 7: 'rojo' },
  });
  await add({ title: 'Ámbar', status: 'done', priority: 'urgent', dueDate: '2026-02-01' });
  await add({ title: 'zanahoria', type: 'bug', priority: 'low', storyPoints: 8 });
  const elsewhere = (await projectRepository(db).insert(ana, { name: 'Dos' })).id;
  await add({ title: 'Contrato ajeno', labels: ['legal'] }, elsewhere);
});

describe('taskListRepository', () => {
  const filters: [string, () => TaskFilter, string[]][] = [
    ['state', () => ({ status: ['in_progress', 'done'] }), ['Revisión de cláusulas', 'Ámbar']],
    ['priority', () => ({ priority: ['low'] }), ['zanahoria']],
    ['type', () => ({ type: ['epic'] }), ['Contrato']],
    ['person', () => ({ assigneeId: luis }), ['Revisión de cláusulas']],
    ['no person', () => ({ without: ['assigneeId'] }), ['Contrato', 'Ámbar', 'zanahoria']],
    ['creator', () => ({ creatorId: luis }), []],
    ['sprint', () => ({ sprintId }), ['Revisión de cláusulas']],
    ['no sprint', () => ({ without: ['sprintId'], type: ['bug'] }), ['zanahoria']],
    ['parent', () => ({ parentId }), ['Revisión de cláusulas']],
    ['all labels', () => ({ labels: ['legal', 'urgente'] }), ['Contrato']],
    [
      'due dates',
      () => ({ dueAfter: '2026-01-01', dueBefore: '2026-01-31' }),
      ['Revisión de cláusulas'],
    ],
    [
      'start dates',
      () => ({ startAfter: '2026-01-05', startBefore: '2026-01-07' }),
      ['Revisión de cláusulas'],
    ],
    ['points', () => ({ minPoints: 4, maxPoints: 8 }), ['zanahoria']],
    ['own field', () => ({ customField: { id: 7, value: 'rojo' } }), ['Revisión de cláusulas']],
    ['any of several labels', () => ({ anyLabel: ['urgente', 'nada'] }), ['Contrato']],
    ['any of several people', () => ({ assigneeIds: [luis, 999] }), ['Revisión de cláusulas']],
    ['no date', () => ({ without: ['dueDate'] }), ['Contrato', 'zanahoria']],
    [
      'no person and no date',
      () => ({ without: ['assigneeId', 'dueDate'] }),
      ['Contrato', 'zanahoria'],
    ],
    ['a person that is nobody', () => ({ assigneeId: luis, without: ['assigneeId'] }), []],
    ['words that must not be there', () => ({ text: 'contrato -revision' }), ['Contrato']],
    ['no estimate', () => ({ without: ['storyPoints'] }), ['Contrato', 'Ámbar']],
    ['own field with any value', () => ({ customField: { id: 7 } }), ['Revisión de cláusulas']],
    ['completion', () => ({ completedAfter: '2020-01-01T00:00:00Z' }), ['Ámbar']],
    ['age', () => ({ createdBefore: '2020-01-01T00:00:00Z' }), []],
    ['stems', () => ({ text: 'revisiones' }), ['Revisión de cláusulas']],
    ['accents', () => ({ text: 'clausula' }), ['Revisión de cláusulas']],
    ['description', () => ({ text: 'garantía proveedores' }), ['Revisión de cláusulas']],
    ['misspellings', () => ({ text: 'contarto' }), ['Contrato']],
    ['everything at once', () => ({ text: 'cláusulas', status: ['done'] }), []],
    ['wildcards taken literally', () => ({ text: '%' }), []],
  ];

  it.each(filters)('filters by %s', async (_name, filter, expected) => {
    expect(await titles(filter())).toEqual(expected);
  });

  it('compares own numbers as numbers and own dates as dates', async () => {
    const project = (await projectRepository(db).insert(ana, { name: 'Campos' })).id;
    const values = [5, 40, 300, '2026-03-05', '2026-11-20', null];
    for (const value of values)
      await add({ title: String(value), customFields: { 9: value } }, project);
    const between = async (from?: string, to?: string) => {
      const filter: TaskFilter = { customField: { id: 9, from, to } };
      const rows = await list(project, filter, { sort: 'created', descending: false, limit: 50 });
      return rows.map(row => row.task.title);
    };
    expect(await between('40')).toEqual(['40', '300']);
    expect(await between('6', '299.5')).toEqual(['40']);
    expect(await between('2026-03-01', '2026-03-31')).toEqual(['2026-03-05']);
  });

  it('finds what a person follows, made or has to do', async () => {
    await watcherRepository(db).add(parentId, luis);
    expect(await titles({ watcherId: luis })).toEqual(['Contrato', 'Revisión de cláusulas']);
  });

  it('lists deleted tasks only when asked', async () => {
    const gone = await add({ title: 'Borrada' });
    await tasks.remove(gone.id);
    expect(await titles({})).not.toContain('Borrada');
    expect(await titles({ deleted: true })).toEqual(['Borrada']);
  });

  it('sorts titles without regard to case and accents', async () => {
    expect(await titles({}, 'title')).toEqual([
      'Ámbar',
      'Contrato',
      'Revisión de cláusulas',
      'zanahoria',
    ]);
  });

  it.each([true, false])(
    'puts tasks without a due date last (descending: %s)',
    async descending => {
      const found = await titles({}, 'due', descending);
      expect(new Set(found.slice(0, 2))).toEqual(new Set(['Ámbar', 'Revisión de cláusulas']));
    },
  );

  it.each(taskSorts.flatMap(sort => [true, false].map(descending => [sort, descending] as const)))(
    'pages by %s (descending: %s) without gaps or repeats',
    async (sort, descending) => {
      const filter: TaskFilter = sort === 'relevance' ? { text: 'contrato o cláusulas' } : {};
      const whole = await titles(filter, sort, descending);
      const seen: string[] = [];
      let after: { key: string | number; id: number } | undefined;
      for (;;) {
        const [row] = await list(projectId, filter, { sort, descending, limit: 1, after });
        if (!row) break;
        seen.push(row.task.title);
        after = { key: row.key, id: row.task.id };
      }
      expect(seen).toEqual(whole);
    },
  );
});
