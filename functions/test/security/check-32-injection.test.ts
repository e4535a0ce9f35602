import { beforeAll, describe, expect, it } from 'vitest';
import type { Task } from '../../src/domain/task.ts';
import { callAs, failureOf } from '../support/callers.ts';
import { makeTeam, type Team } from '../support/team.ts';

const payloads = [
  "' OR '1'='1",
  "'; DROP TABLE tasks; --",
  "' UNION SELECT password_hash FROM users --",
  '1); SELECT pg_sleep(5); --',
  "' || pg_sleep(5) || '",
  '%',
  '_',
  '%%%_%',
  '\\',
  "\\'",
  '$1',
  ':name',
  '{"$gt":""}',
  '& | ! ( ) <->:*',
  '"sin cerrar',
  '-excluida OR',
  '../../etc/passwd',
  '$(sleep 5)',
  '`sleep 5`',
  '{{7*7}}',
  '\u202Eoculto\u200B',
];

let team: Team;
beforeAll(async () => {
  team = await makeTeam();
});

const call = <T = object>(name: string, input: object) =>
  callAs<T>(team.owner, name, { projectId: team.projectId, ...input });

/** Within a second: no payload makes the database sleep. */
const swiftly = async (work: Promise<unknown>): Promise<string> => {
  const started = performance.now();
  const outcome = await failureOf(work);
  expect(performance.now() - started).toBeLessThan(1_000);
  return outcome;
};

describe.each(payloads)('%s', payload => {
  it('is kept as it is in text', async () => {
    const fields = { title: payload, description: payload, labels: [payload] };
    const task = await call<Task>('createTask', fields);
    const kept = await callAs<Task>(team.owner, 'getTask', { taskId: task.id });
    expect(kept).toMatchObject({ title: payload, description: payload, labels: [payload] });
  });

  it('is a search like any other', async () => {
    expect(await swiftly(call('listTasks', { q: payload }))).toBe('ok');
    expect(await swiftly(call('listTasks', { labels: [payload] }))).toBe('ok');
    const field = { customFieldId: 1, customFieldValue: payload };
    expect(await swiftly(call('listTasks', field))).toBe('ok');
  });

  it.each(['sort', 'order', 'cursor', 'limit', 'status', 'dueBefore', 'createdAfter'])(
    'is refused as %s',
    async field => {
      expect(await swiftly(call('listTasks', { [field]: payload }))).toBe('validation_failed');
    },
  );

  it('is refused as a token of the change feed and a type of activity', async () => {
    expect(await swiftly(call('listChanges', { since: payload }))).toBe('validation_failed');
    expect(await swiftly(call('listActivity', { types: [payload] }))).toBe('validation_failed');
  });
});

describe('cursors', () => {
  const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  it.each([
    ['a statement for a key', ['due', 0, "2026-01-01'; DROP TABLE tasks", 1]],
    ['an object for a key', ['due', 0, { a: 1 }, 1]],
    ['text for an id', ['due', 0, '2026-01-01', '1']],
    ['a date that there is none of', ['due', 0, '2026-99-99', 1]],
    ['an id beyond all', ['due', 0, '2026-01-01', 1e30]],
    ['another order', ['title', 0, 'x', 1]],
    ['more parts', ['due', 0, '2026-01-01', 1, 1]],
    ['no list', { due: 1 }],
  ])('with %s are refused', async (_name, value) => {
    const outcome = call('listTasks', { sort: 'due', order: 'asc', cursor: forged(value) });
    expect(await failureOf(outcome)).toBe('validation_failed');
  });
});

describe('wildcards', () => {
  it('match themselves only', async () => {
    const own = await makeTeam();
    const { projectId } = own;
    await callAs(own.owner, 'createTask', { projectId, title: 'Algo normal' });
    for (const q of ['%', '_', '*', '.*'])
      expect(await callAs(own.owner, 'listTasks', { projectId, q })).toMatchObject({ items: [] });
  });
});

describe('types', () => {
  const wrong: [string, unknown][] = [
    ['an object', { $ne: null }],
    ['a list', ['x']],
    ['a number', 7],
    ['a boolean', true],
    ['null', null],
    ['NUL', 'a\u0000b'],
    ['an escape sequence', '\u001b[31mrojo'],
  ];
  it.each(wrong)('refuses %s where text is expected', async (_name, value) => {
    expect(await failureOf(call('createTask', { title: value }))).toBe('validation_failed');
    expect(await failureOf(call('listTasks', { q: value }))).toBe('validation_failed');
    expect(await failureOf(call('updateProject', { name: value }))).toBe('validation_failed');
  });
});
