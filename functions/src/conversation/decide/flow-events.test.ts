import { describe, expect, it } from 'vitest';
import type { Context } from '../model.ts';
import { type Carry, converse, type Spoken } from '../turn.ts';
import { understandByRules } from '../understand/rules.ts';
import { waitingIn } from './flow-events.ts';
import { freshState, type Outcome } from './state.ts';

const start = Date.parse('2026-03-11T16:00:00Z');
const context = (minutes: number): Context => ({
  people: [{ userId: 1, fullName: 'Ana Torres' }],
  me: 1,
  projects: [{ projectId: 1, name: 'Web' }],
  now: start + minutes * 60_000,
  timezone: 'UTC',
  locale: 'es',
  awaiting: 'idle',
});

const created: Outcome = {
  ok: true,
  kind: 'tasks',
  tasks: [
    {
      taskId: 9,
      projectId: 1,
      title: 'x',
      status: 'todo',
      priority: 'medium',
      assigneeId: null,
      dueDate: null,
      version: 1,
    },
  ],
};

const talk = async (texts: string[], outcome: Outcome = created): Promise<Spoken[]> => {
  const carry: Carry = { understand: understandByRules, perform: async () => outcome, seed: 0 };
  const spoken: Spoken[] = [];
  for (const [minute, text] of texts.entries()) {
    const state = spoken.at(-1)?.state ?? freshState(start);
    spoken.push(await converse(state, text, context(minute), carry));
  }
  return spoken;
};

describe('the course of a turn', () => {
  it('tells when a wish began and how long it took', async () => {
    const turns = await talk(['crea una tarea', 'revisar el contrato', 'nadie', 'sin fecha', 'sí']);
    expect(turns[0]?.course.flows).toEqual([{ flow: 'create_task', what: 'started' }]);
    expect(waitingIn(turns[1]?.state ?? freshState(0))).toEqual(['create_task']);
    expect(turns.at(-1)?.course.flows).toEqual([
      { flow: 'create_task', what: 'done', seconds: 240 },
    ]);
  });

  it('tells what was given up and what the project refused', async () => {
    const [, cancelled] = await talk(['crea una tarea', 'cancela']);
    expect(cancelled?.course).toEqual({
      flows: [{ flow: 'create_task', what: 'cancelled' }],
      marks: ['cancel'],
    });
    const text = 'crea una tarea para regar, sin asignar, para mañana';
    const [refused] = await talk([text], { ok: false, code: 'forbidden' });
    expect(refused?.course.flows).toEqual([
      { flow: 'create_task', what: 'started' },
      { flow: 'create_task', what: 'failed' },
    ]);
  });

  it('marks what was not understood, corrections and the call for a person', async () => {
    const [, missed] = await talk(['hola', 'blorb blorb']);
    expect(missed?.course.marks).toEqual(['fallback']);
    const [, corrected] = await talk([
      'crea una tarea para regar, para mí',
      'no, mejor para podar',
    ]);
    expect(corrected?.course.marks).toContain('correction');
    const [handed] = await talk(['quiero hablar con una persona'], { ok: true, kind: 'nothing' });
    expect(handed?.course.marks).toEqual(['handover']);
  });
});
