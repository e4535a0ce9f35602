import { beforeAll, describe, expect, it } from 'vitest';
import { parseCsv } from '../../src/domain/csv.ts';
import type { Task } from '../../src/domain/task.ts';
import { callAs, failureOf } from '../support/callers.ts';
import { makeTeam, type Team } from '../support/team.ts';

type Imported = { found: number; imported: number; unknownPeople: string[] };
type Exported = { csv: string; tasks: Task[]; nextCursor: string | null };

let team: Team;
beforeAll(async () => {
  team = await makeTeam();
});

const bring = (content: string, more = {}, userId = team.manager) =>
  callAs<Imported>(userId, 'importTasks', {
    projectId: team.projectId,
    format: 'csv',
    content,
    ...more,
  });
const take = (format: string, more = {}) =>
  callAs<Exported>(team.viewer, 'exportProject', { projectId: team.projectId, format, ...more });
const activity = async () =>
  (
    await callAs<{ items: { type: string }[] }>(team.viewer, 'listActivity', {
      projectId: team.projectId,
      limit: 1,
    })
  ).items[0]?.type;

describe('import', () => {
  it('gives tasks to members by name and tells which names it does not know', async () => {
    const text = 'title,assignee\nUna,Marta Miembro\nDos,Nadie Conocido\nTres,Vera Vista\n';
    const only = await bring(text, { dryRun: true });
    expect(only).toMatchObject({ found: 3, imported: 0 });
    expect(await bring(text)).toMatchObject({
      imported: 3,
      // Whoever may only look gets no tasks.
      unknownPeople: ['Nadie Conocido', 'Vera Vista'],
    });
    expect(await activity()).toBe('project.imported');
    const { tasks } = await take('json');
    expect(tasks.map(task => [task.title, task.assigneeId])).toEqual([
      ['Una', team.member],
      ['Dos', null],
      ['Tres', null],
    ]);
  });

  it('refuses what it cannot read and what is too long, and brings nothing then', async () => {
    const before = (await take('json')).tasks.length;
    const long = `title\n${'x\n'.repeat(2_001)}`;
    expect(await failureOf(bring('columna\nx'))).toBe('validation_failed');
    expect(await failureOf(bring(long))).toBe('validation_failed');
    expect(await failureOf(bring('title\nx', {}, team.member))).toBe('forbidden');
    expect((await take('json')).tasks).toHaveLength(before);
  });
});

describe('export', () => {
  it('gives back what was imported, formulas disarmed', async () => {
    const own = await makeTeam();
    const { projectId } = own;
    const title = '=HYPERLINK("http://evil","premio")';
    await callAs(own.owner, 'createTask', { projectId, title, labels: ['a', 'b'] });
    const { csv } = await callAs<Exported>(own.viewer, 'exportProject', {
      projectId,
      format: 'csv',
    });
    const [head = [], row = []] = parseCsv(csv);
    expect(row[head.indexOf('title')]).toBe(`'${title}`);
    expect(row[head.indexOf('labels')]).toBe('a|b');
  });

  it('takes all of a project along, and its own fields as columns', async () => {
    const own = await makeTeam();
    const { projectId, member } = own;
    const field = { projectId, name: 'Cliente', type: 'text' };
    const { id: fieldId } = await callAs<{ id: number }>(own.manager, 'createCustomField', field);
    const dates = { startDate: '2026-03-01', endDate: '2026-03-14' };
    const period = { projectId, name: 'S1', ...dates };
    const { id: sprintId } = await callAs<{ id: number }>(own.manager, 'createSprint', period);
    const input = { projectId, title: 'Una', sprintId, customFields: { [fieldId]: '=1+1' } };
    const { id: taskId } = await callAs<Task>(member, 'createTask', input);
    const other = await callAs<Task>(member, 'createTask', { projectId, title: 'Otra' });
    await callAs(member, 'addComment', { taskId, body: 'Hola' });
    await callAs(member, 'addChecklistItem', { taskId, text: 'uno' });
    await callAs(member, 'addRelation', { taskId, kind: 'blocks', otherTaskId: other.id });
    const all = { projectId, format: 'json' };
    expect(await callAs<Exported>(own.viewer, 'exportProject', all)).toMatchObject({
      project: { id: projectId },
      members: expect.arrayContaining([expect.objectContaining({ userId: member })]),
      sprints: [{ id: sprintId }],
      customFields: [{ id: fieldId }],
      tasks: [
        {
          title: 'Una',
          comments: [{ body: 'Hola', authorName: 'Marta Miembro' }],
          checklist: [{ text: 'uno', done: false }],
          relations: [{ kind: 'blocks', otherId: other.id }],
          attachments: [],
        },
        { title: 'Otra', comments: [], relations: [] },
      ],
    });
    const table = { projectId, format: 'csv' };
    const { csv } = await callAs<Exported>(own.viewer, 'exportProject', table);
    const [head = [], row = []] = parseCsv(csv);
    expect(row[head.indexOf('Cliente')]).toBe("'=1+1");
    expect(row[head.indexOf('sprint')]).toBe('S1');
  });

  it('goes on where a part ended, with one heading in all', async () => {
    const own = await makeTeam();
    const { projectId } = own;
    const content = `title\n${Array.from({ length: 1_200 }, (_, index) => `T${index}`).join('\n')}`;
    await callAs(own.owner, 'importTasks', { projectId, format: 'csv', content });
    const part = (cursor?: string | null) =>
      callAs<Exported>(own.viewer, 'exportProject', {
        projectId,
        format: 'csv',
        ...(cursor && { cursor }),
      });
    const first = await part();
    const second = await part(first.nextCursor);
    expect(second.nextCursor).toBeNull();
    const rows = parseCsv(first.csv + second.csv);
    expect(rows).toHaveLength(1_201);
    expect(new Set(rows.map(row => row[0])).size).toBe(1_201);
  });
});
