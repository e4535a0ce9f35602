import { describe, expect, it } from 'vitest';
import type { Context } from '../model.ts';
import { understandByRules } from '../understand/rules.ts';
import { advance } from './advance.ts';
import { apply } from './events.ts';
import { freshState } from './state.ts';

const now = Date.parse('2026-03-11T15:00:00Z');
const context: Context = {
  people: [{ userId: 2, fullName: 'Ana Torres' }],
  me: 2,
  projects: [{ projectId: 7, name: 'Web' }],
  now,
  timezone: 'UTC',
  locale: 'es',
  awaiting: 'idle',
};
const text = 'crea una tarea para revisar el contrato, que la haga Ana, para el viernes';
const heard = { kind: 'message' as const, understanding: understandByRules(text, context), text };

describe('advance', () => {
  it('is a function: the same state and input give the same step, and nothing else changes', () => {
    const state = freshState(now);
    const before = structuredClone(state);
    expect(advance(state, heard, context)).toEqual(advance(state, heard, context));
    expect(state).toEqual(before);
  });

  it('asks the outside instead of acting, and answers with what came back', () => {
    const first = advance(freshState(now), heard, context);
    expect(first).toMatchObject({
      request: {
        kind: 'createTask',
        projectId: 7,
        task: { title: 'revisar el contrato', assigneeId: 2, dueDate: '2026-03-13' },
      },
    });
    if (!('request' in first)) return;
    const outcome = { ok: false as const, code: 'forbidden' };
    const second = advance(
      first.state,
      { kind: 'outcome', request: first.request, outcome },
      context,
    );
    expect(second).toMatchObject({ reply: { lines: [{ key: 'failed_forbidden' }] } });
  });

  it('changes state by its events and by nothing else', () => {
    const state = freshState(now);
    const step = advance(state, heard, context);
    expect(step.events.reduce(apply, state)).toEqual(step.state);
  });

  it('keeps a state that is small and survives JSON', () => {
    let state = freshState(now);
    for (let count = 0; count < 40; count++) {
      state = advance(state, heard, context).state;
      state = apply(state, { type: 'replied', text: 'x'.repeat(5000), at: now });
    }
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    expect(JSON.stringify(state).length).toBeLessThan(20_000);
  });
});
