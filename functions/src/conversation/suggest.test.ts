import { describe, expect, it } from 'vitest';
import type { Finding } from '../domain/suggestion.ts';
import type { TaskRef } from './decide/state.ts';
import { afterCreation, ofTheDay } from './suggest.ts';

const task = (title: string, more: Partial<TaskRef> = {}): TaskRef => ({
  taskId: 1,
  projectId: 1,
  title,
  status: 'todo',
  priority: 'medium',
  assigneeId: null,
  dueDate: null,
  version: 1,
  ...more,
});

const day = '2026-03-11';
const kindsFor = (created: TaskRef, found: Parameters<typeof afterCreation>[2]) =>
  afterCreation(created, day, found).map(({ kind }) => kind);

describe('after a task was made', () => {
  it.each([
    ['revisar contrato', 'Revisar el contrato', 0.8, ['similar_task']],
    ['revisar contrato', 'Revisión del contrato con el proveedor', 0.5, ['similar_task']],
    ['cerrar la caja de abril', 'Cerrar la caja de mayo', 0.8, []],
    ['llamar a Ana', 'Llamar a Luis', 0.6, []],
    ['revisar contrato', 'Revisar el contrato', 0.4, []],
  ])('compares %s with %s', (title, other, score, kinds) => {
    expect(kindsFor(task(title), { alike: [{ task: task(other), score }], habits: [] })).toEqual(
      kinds,
    );
  });

  it.each([
    [2, 3, null, ['likely_assignee']],
    [1, 1, null, []],
    [2, 4, null, []],
    [3, 3, 7, []],
  ])('with %d of %d such tasks, and assigned to %s', (tasks, of, assigneeId, kinds) => {
    const habits = [{ userId: 2, fullName: 'Ana', tasks, of }];
    expect(kindsFor(task('x', { assigneeId }), { alike: [], habits })).toEqual(kinds);
  });
});

it('puts what is late first and counts days from the longest', () => {
  const findings: Finding[] = [
    { kind: 'unassigned', task: task('a'), since: day },
    { kind: 'blocked', task: task('b'), since: '2026-03-06' },
    { kind: 'overdue', task: task('c'), since: '2026-03-10' },
  ];
  const said = ofTheDay(findings, day);
  expect(said.map(({ kind }) => kind)).toEqual(['overdue', 'blocked', 'unassigned']);
  expect(said[1]?.line.params).toMatchObject({ days: 5 });
});
