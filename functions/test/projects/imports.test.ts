import { beforeAll, describe, expect, it } from 'vitest';
import { background } from '../../src/entry/wiring/background.ts';
import { projectArea } from '../../src/entry/wiring/projects.ts';
import { transactor } from '../../src/entry/wiring/unit-of-work.ts';
import type { PartUnit } from '../../src/operations/imports/bring-part.ts';
import { type RunImportDeps, runImport } from '../../src/operations/imports/run-import.ts';
import { Failure } from '../../src/platform/failure.ts';
import { callAs, failureOf, sharedDatabase } from '../support/callers.ts';
import { makeTeam, type Team } from '../support/team.ts';

type Job = {
  id: number;
  state: string;
  total: number;
  imported: number;
  skipped: number;
  progressPercent: number;
  issues: { row: number; code: string; value: string | null; message: string }[];
  issueCount: number;
  failure: string | null;
  finishedAt: string | null;
};

let team: Team;
beforeAll(async () => {
  team = await makeTeam();
});

const csv = (count: number) =>
  `título,responsable\n${Array.from({ length: count }, (_, index) => `T${index},Marta Miembro`).join('\n')}`;
const bring = (own: Team, content: string, more = {}) =>
  callAs<Job>(own.manager, 'createImport', {
    projectId: own.projectId,
    format: 'csv',
    content,
    ...more,
  });
const look = (own: Team, importId: number) =>
  callAs<Job>(own.manager, 'getImport', { projectId: own.projectId, importId });
const titlesIn = async ({ projectId }: Team): Promise<string[]> => {
  const db = await sharedDatabase();
  const rows = db.selectFrom('tasks').select('title').where('project_id', '=', projectId);
  return (await rows.orderBy('id').execute()).map(({ title }) => title);
};
const requested = (importId: number) => ({
  eventId: 1,
  type: 'import.requested',
  projectId: null,
  occurredAt: new Date().toISOString(),
  payload: { importId },
});

/** Brings parts as the consumer does, with something done to each unit of work or with another clock. */
const runWith = async (
  importId: number,
  change: (unit: PartUnit) => PartUnit = unit => unit,
  clock = () => new Date(),
) => {
  const inOne = transactor(await sharedDatabase(), projectArea);
  const inTransaction: RunImportDeps['inTransaction'] = work =>
    inOne(unit => work(change(unit as never) as never));
  await runImport({ clock, inTransaction }, requested(importId));
};

describe('an import', () => {
  it('that is small is done at once, and tells of each row what could not be taken over', async () => {
    const content =
      'título;responsable;estado;fecha límite\nUna;Marta Miembro;Hecho;5/3/2026\n;;;\nDos;Nadie Conocido;Volando;31/2/2026\n';
    const job = await bring(team, content);
    expect(job).toMatchObject({
      state: 'completed',
      total: 3,
      imported: 2,
      skipped: 1,
      progressPercent: 100,
      issueCount: 4,
    });
    expect(job.issues.map(({ row, code, value }) => [row, code, value])).toEqual([
      [3, 'title_missing', null],
      [4, 'status_unknown', 'Volando'],
      [4, 'date_invalid', '31/2/2026'],
      [4, 'person_unknown', 'Nadie Conocido'],
    ]);
    expect(job.issues[0]?.message).toBe('Sin título: la fila se omite.');
    expect(await titlesIn(team)).toEqual(['Una', 'Dos']);
    expect(await look(team, job.id)).toMatchObject({ state: 'completed' });
  });

  it('that only checks brings nothing and says what would happen', async () => {
    const own = await makeTeam();
    const job = await bring(own, 'title,assignee\nUna,Vera Vista\n', { dryRun: true });
    expect(job).toMatchObject({ state: 'checked', imported: 0, issueCount: 1 });
    expect(await titlesIn(own)).toEqual([]);
  });

  it('that is long runs in the background and shows how far it is', async () => {
    const own = await makeTeam();
    const job = await bring(own, csv(900));
    expect(job).toMatchObject({ state: 'running', total: 900, imported: 0, progressPercent: 0 });
    // A clock that leaps: one part for each turn.
    let now = 0;
    await runWith(job.id, undefined, () => new Date((now += 60_000)));
    expect(await look(own, job.id)).toMatchObject({ imported: 200, progressPercent: 22 });
    await background.runImport(requested(job.id));
    const done = await look(own, job.id);
    expect(done).toMatchObject({ state: 'completed', imported: 900, progressPercent: 100 });
    expect(done.finishedAt).not.toBeNull();
    expect(await titlesIn(own)).toEqual(Array.from({ length: 900 }, (_, index) => `T${index}`));
    const { items } = await callAs<{ items: { type: string; details: object }[] }>(
      own.viewer,
      'listActivity',
      { projectId: own.projectId, limit: 1 },
    );
    expect(items[0]).toMatchObject({ type: 'project.imported', details: { count: 900 } });
    // The status is right as soon as the last part is in.
    const status = callAs(own.viewer, 'getStatus', { projectId: own.projectId });
    expect(await status).toMatchObject({ total: 900 });
  });

  it('brings every row once, though deliveries are repeated, overlap and break off anywhere', async () => {
    const own = await makeTeam();
    const job = await bring(own, csv(1_300));
    let tasks = 0;
    let events = 0;
    const breaking = (unit: PartUnit): PartUnit => ({
      ...unit,
      tasks: {
        insertAll: async (...given) => {
          const made = await unit.tasks.insertAll(...given);
          if (++tasks % 3 === 0) throw new Failure('unavailable');
          return made;
        },
      },
      imports: {
        ...unit.imports,
        advance: async (...given) => {
          await unit.imports.advance(...given);
          if (++events % 4 === 0) throw new Failure('unavailable');
        },
      },
    });
    for (let delivery = 0; delivery < 20; delivery++)
      await Promise.allSettled([
        runWith(job.id, breaking),
        runWith(job.id, breaking),
        delivery % 3 === 0 && background.runImport(requested(job.id)),
      ]);
    expect(await look(own, job.id)).toMatchObject({ state: 'completed', imported: 1_300 });
    const titles = await titlesIn(own);
    expect([titles.length, new Set(titles).size]).toEqual([1_300, 1_300]);
    const db = await sharedDatabase();
    const left = db.selectFrom('import_parts').select('position').where('import_id', '=', job.id);
    expect(await left.execute()).toEqual([]);
    const { items } = await callAs<{ items: object[] }>(own.viewer, 'listActivity', {
      projectId: own.projectId,
      types: ['project.imported'],
    });
    expect(items).toHaveLength(1);
  });

  it('that cannot go on for a reason of its own fails for good, with what it brought', async () => {
    const own = await makeTeam();
    const job = await bring(own, csv(600));
    let calls = 0;
    await runWith(job.id, unit => ({
      ...unit,
      tasks: {
        insertAll: (...given) => {
          if (++calls > 1) throw new Error('poison');
          return unit.tasks.insertAll(...given);
        },
      },
    }));
    const failed = await look(own, job.id);
    expect(failed).toMatchObject({ state: 'failed', failure: 'internal', imported: 200 });
    await background.runImport(requested(job.id));
    expect(await titlesIn(own)).toHaveLength(200);
  });

  it('stops when it is cancelled, and keeps what came', async () => {
    const own = await makeTeam();
    const job = await bring(own, csv(600));
    let now = 0;
    await runWith(job.id, undefined, () => new Date((now += 60_000)));
    const target = { projectId: own.projectId, importId: job.id };
    expect(await callAs(own.manager, 'cancelImport', target)).toMatchObject({ state: 'cancelled' });
    await background.runImport(requested(job.id));
    expect(await titlesIn(own)).toHaveLength(200);
    expect(await failureOf(callAs(own.manager, 'cancelImport', target))).toBe('conflict');
  });

  it('asks again whether it may: archive and lost rights end it', async () => {
    const [archived, demoted] = [await makeTeam(), await makeTeam()];
    const [first, second] = [await bring(archived, csv(300)), await bring(demoted, csv(300))];
    await callAs(archived.owner, 'archiveProject', { projectId: archived.projectId });
    const { projectId, manager: userId } = demoted;
    await callAs(demoted.owner, 'updateMember', { projectId, userId, role: 'member' });
    await background.runImport(requested(first.id));
    await background.runImport(requested(second.id));
    const as = (own: Team, importId: number) =>
      callAs(own.owner, 'getImport', { projectId: own.projectId, importId });
    expect(await as(archived, first.id)).toMatchObject({ failure: 'project_closed', imported: 0 });
    expect(await as(demoted, second.id)).toMatchObject({ failure: 'not_allowed', imported: 0 });
  });

  it.each([false, true])(
    'stores whatever a file holds, or leaves it out (checked only: %s)',
    async dryRun => {
      const own = await makeTeam();
      const smiles = '😀'.repeat(251);
      const half = smiles.slice(1, 40);
      const wild = [`a\u0000b${half}`, `x\u0000${smiles}`, `${half}\u0001`, `=cmd|' /C calc'!A0`];
      const rows = wild.map(text =>
        ['t', text, text, text, text, text, text, text, text, text]
          .map(cell => `"${cell}"`)
          .join(','),
      );
      const head =
        'title,description,status,priority,type,assignee,due date,labels,story points,puntos';
      const titled = wild.map(text => `"${text}",,,,,,,,,`);
      const job = await bring(own, [head, ...rows, ...titled].join('\n'), { dryRun });
      expect(job).toMatchObject({ state: dryRun ? 'checked' : 'completed', total: 8, skipped: 0 });
      const board = {
        cards: wild.map(name => ({ name, desc: name, due: name, labels: [{ name }] })),
      };
      const trello = { format: 'trello_json', dryRun };
      expect(await bring(own, JSON.stringify(board), trello)).toMatchObject({ total: 4 });
      expect(await titlesIn(own)).toHaveLength(dryRun ? 0 : 12);
    },
  );

  it('has limits: rows of one, and how many run at once', async () => {
    const own = await makeTeam();
    const far = `title\n${'x\n'.repeat(20_001)}`;
    expect(await failureOf(bring(own, far))).toBe('validation_failed');
    expect(await failureOf(bring(own, 'columna\nx'))).toBe('validation_failed');
    for (let running = 0; running < 3; running++) await bring(own, csv(201));
    expect(await failureOf(bring(own, csv(201)))).toBe('conflict');
    const { items } = await callAs<{ items: Job[] }>(own.manager, 'listImports', {
      projectId: own.projectId,
    });
    expect(items.map(({ state }) => state)).toEqual(['running', 'running', 'running']);
  });

  it('with an Idempotency-Key is one import, however often it is sent', async () => {
    const own = await makeTeam();
    const input = { projectId: own.projectId, format: 'csv', content: 'title\nUna\n' };
    const key = { idempotencyKey: 'import-1' };
    const jobs = await Promise.all(
      [1, 2, 3].map(() => callAs<Job>(own.manager, 'createImport', input, key)),
    );
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(1);
    expect(await titlesIn(own)).toEqual(['Una']);
  });
});

describe('what a file names', () => {
  it('becomes sprints and own fields of the project, and columns that mean nothing are told', async () => {
    const own = await makeTeam();
    const { projectId, manager } = own;
    const sprint = { projectId, name: 'Sprint 2', startDate: '2026-03-02', endDate: '2026-03-15' };
    const { id: sprintId } = await callAs<{ id: number }>(manager, 'createSprint', sprint);
    const add = async (field: object) =>
      (await callAs<{ id: number }>(manager, 'createCustomField', { projectId, ...field })).id;
    const [client, cost, zone] = [
      await add({ name: 'Cliente', type: 'text' }),
      await add({ name: 'Coste', type: 'number' }),
      await add({ name: 'Zona', type: 'choice', options: ['Norte', 'Sur'] }),
    ];
    const content =
      'Summary,Sprint,Sprint,Custom field (Cliente),coste,Zona,Reporter,Votes\nUna,Sprint 1,Sprint 2,Acme,"2,5",sur,Ana,\nDos,Sprint 9,,,mucho,,,\nTres,,,,,Este,,\n';
    const only = await bring(own, content, { format: 'jira_csv', dryRun: true });
    const job = await bring(own, content, { format: 'jira_csv' });
    const issues = [
      { row: 1, code: 'column_ignored', value: 'Reporter' },
      { row: 3, code: 'sprint_unknown', value: 'Sprint 9' },
      { row: 3, code: 'field_invalid', value: 'coste: mucho' },
      { row: 4, code: 'field_invalid', value: 'Zona: Este' },
    ];
    expect(only.issues).toMatchObject(issues);
    expect(job).toMatchObject({ state: 'completed', imported: 3, issues });
    const tasks = await callAs<{ items: object[] }>(own.viewer, 'listTasks', { projectId });
    expect(tasks.items.toReversed()).toMatchObject([
      {
        title: 'Una',
        sprintId,
        customFields: { [String(client)]: 'Acme', [String(cost)]: 2.5, [String(zone)]: 'Sur' },
      },
      { title: 'Dos', sprintId: null, customFields: {} },
      { title: 'Tres', customFields: {} },
    ]);
  });

  it('is found again in what an export of ours says', async () => {
    const own = await makeTeam();
    const { projectId, owner, member } = own;
    const field = { projectId, name: 'Cliente', type: 'text' };
    const { id: fieldId } = await callAs<{ id: number }>(owner, 'createCustomField', field);
    const plan = { projectId, name: 'S1', startDate: '2026-03-02', endDate: '2026-03-15' };
    const { id: sprintId } = await callAs<{ id: number }>(owner, 'createSprint', plan);
    const fields = {
      title: '=1+1, "x"; y',
      description: '-línea 1\nlínea 2',
      type: 'bug',
      status: 'blocked',
      priority: 'urgent',
      assigneeId: member,
      startDate: '2026-11-01',
      dueDate: '2026-11-30',
      labels: ['a,b', 'c'],
      storyPoints: 2.5,
      sprintId,
      customFields: { [String(fieldId)]: '+Acme' },
    };
    await callAs(owner, 'createTask', { projectId, ...fields });
    const { csv: content } = await callAs<{ csv: string }>(owner, 'exportProject', {
      projectId,
      format: 'csv',
    });
    expect(await bring(own, content)).toMatchObject({ imported: 1, issues: [] });
    const tasks = await callAs<{ items: object[] }>(own.viewer, 'listTasks', { projectId });
    expect(tasks.items).toMatchObject([fields, fields]);
  });
});
