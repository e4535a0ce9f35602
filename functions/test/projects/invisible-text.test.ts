import { beforeAll, describe, expect, it } from 'vitest';
import { personName } from '../../src/operations/auth/auth-fields.ts';
import { callAs, failureOf } from '../support/callers.ts';
import { makeTeam, type Team } from '../support/team.ts';

const unseen: [string, string][] = [
  ['zero-width blanks', '\u200B\u200C\u200D\uFEFF'],
  ['marks of direction', '\u200E\u202E\u2066\u2069\u061C'],
  ['soft hyphens', '\u00AD\u00AD'],
  ['a joiner', '\u2060'],
  ['Hangul fillers', '\u3164\uFFA0\u115F'],
  ['an empty Braille cell', '\u2800'],
  ['variation selectors', '\uFE0F\u{E0100}'],
  ['tags, in which other text can hide', '\u{E0049}\u{E0067}\u{E006E}'],
  ['blanks with an invisible mark between them', ' \u200B\u3000\n'],
];

let team: Team;
let taskId = 0;
beforeAll(async () => {
  team = await makeTeam();
  const task = { projectId: team.projectId, title: 'x' };
  ({ id: taskId } = await callAs<{ id: number }>(team.owner, 'createTask', task));
});

const call = (name: string, input: object) =>
  callAs<Record<string, unknown>>(team.owner, name, { projectId: team.projectId, ...input });
const day = '2026-03-02';
const importOf = (content: string) => call('importTasks', { format: 'csv', content });
/** Every name that a person gives to something, by where the answer has it. */
const naming: [string, (text: string) => Promise<unknown>][] = [
  ['title', text => call('createTask', { title: text })],
  ['title', text => callAs(team.owner, 'updateTask', { taskId, title: text })],
  ['name', text => callAs(team.owner, 'createProject', { name: text })],
  ['name', text => call('updateProject', { name: text })],
  ['name', text => call('createSprint', { name: text, startDate: day })],
  ['name', text => call('createCustomField', { name: text, type: 'text' })],
  ['text', text => callAs(team.owner, 'addChecklistItem', { taskId, text })],
];

describe.each(unseen)('%s', (_what, text) => {
  it('are no name of anything, nor a comment', async () => {
    for (const [, name] of naming) expect(await failureOf(name(text))).toBe('validation_failed');
    const labelled = call('createTask', { title: 'x', labels: [text] });
    expect(await failureOf(labelled)).toBe('validation_failed');
    const comment = callAs(team.owner, 'addComment', { taskId, body: text });
    expect(await failureOf(comment)).toBe('validation_failed');
    expect(personName.safeParse(text).success).toBe(false);
  });

  it('are no title in an imported file, and no label', async () => {
    const quoted = (cell: string) => `"${cell}"`;
    const lines = ['title,labels', `${quoted(text)},a`, `Algo,${quoted(text)}`];
    expect(await importOf(lines.join('\n'))).toMatchObject({ imported: 1, titles: ['Algo'] });
  });
});

it('says in words what is wrong with an invisible title', async () => {
  await expect(call('createTask', { title: '\u200B' })).rejects.toMatchObject({
    options: {
      errors: [{ path: 'title', message: 'Escribe texto visible, sin caracteres de control.' }],
    },
  });
});

describe('a name of several lines', () => {
  it.each(naming)('becomes one line (%s)', async (field, name) => {
    const made = await name('\nUno\r\n\tdos\u2028tres\u2029');
    expect((made as Record<string, unknown>)[field]).toBe('Uno dos tres');
  });

  it('is found by the label that it became, and comments keep their lines', async () => {
    const { id } = await call('createTask', { title: 'x', labels: ['muy\nlargo'] });
    expect(await call('listTasks', { labels: ['muy\nlargo'] })).toMatchObject({
      items: [{ id, labels: ['muy largo'] }],
    });
    const comment = { taskId, body: 'Uno\n\ndos' };
    expect(await callAs(team.owner, 'addComment', comment)).toMatchObject({ body: 'Uno\n\ndos' });
  });
});
