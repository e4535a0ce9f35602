import { describe, expect, it } from 'vitest';
import { choose } from './match.ts';
import type { TaskRef } from './state.ts';

const task = (taskId: number, title: string, status: TaskRef['status'] = 'todo'): TaskRef => ({
  taskId,
  projectId: 1,
  title,
  status,
  priority: 'medium',
  assigneeId: null,
  dueDate: null,
  version: 1,
});

const tasks = [
  task(1, 'Revisar contrato marco'),
  task(2, 'Revisar contrato de alquiler', 'done'),
  task(3, 'Diseñar el logo'),
  task(4, 'Actualización del catálogo de señalización'),
];
const chosen = (sought: string, preferred: (task: TaskRef) => boolean = () => true) => {
  const verdict = choose(sought, tasks, preferred);
  return verdict.kind === 'one' ? verdict.task.taskId : verdict.kind;
};

describe('choose', () => {
  it('finds a title without accents, misspelt, in part or in another order', () => {
    expect(chosen('diseno')).toBe(3);
    expect(chosen('logo diseñado')).toBe(3);
    expect(chosen('catalgo')).toBe(4);
    expect(chosen('alquiler contrato')).toBe(2);
  });

  it('asks among several and lets the likelier ones decide', () => {
    expect(chosen('contrato')).toBe('several');
    expect(chosen('contrato', each => each.status !== 'done')).toBe(1);
  });

  it('takes an exact title before longer ones', () => {
    const verdict = choose('logo', [...tasks, task(5, 'Logo')], () => true);
    expect(verdict).toMatchObject({ kind: 'one', task: { taskId: 5 }, unsure: false });
  });

  it('never invents one', () => {
    expect(chosen('cohete lunar')).toBe('none');
    expect(choose('', [], () => true).kind).toBe('none');
  });
});
