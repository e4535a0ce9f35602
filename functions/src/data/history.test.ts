import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { person, testDatabase } from '../../test/support/database.ts';
import { beginning, type ChangeToken } from '../domain/history.ts';
import { type Database, inTransaction } from './database.ts';
import { historyRepository } from './history.ts';
import { outboxRepository } from './outbox.ts';
import { projectRepository } from './projects.ts';

const { db } = await testDatabase();
const history = historyRepository(db);
let ana = 0;
let projectId = 0;

beforeAll(async () => {
  ana = await person(db, 'Ana Torres');
  projectId = (await projectRepository(db).insert(ana, { name: 'Uno' })).id;
});

const record = (on: Database, number: number, project = projectId) =>
  outboxRepository(on).add({
    topic: 'task-events',
    type: 'task.updated',
    projectId: project,
    payload: { taskId: 7, actorId: ana, version: number, fields: ['title'] },
  });

describe('history', () => {
  it('keeps every event of a project under the id it travels with', async () => {
    const [event] = await record(db, 2);
    const [kept] = await history.list(projectId, {}, 1);
    expect(kept).toMatchObject({
      id: event?.eventId,
      taskId: 7,
      actorId: ana,
      actorName: 'Ana Torres',
      type: 'task.updated',
    });
    expect(kept?.payload).toMatchObject({ version: 2 });
  });

  it('keeps nothing of other topics', async () => {
    await outboxRepository(db).add({ topic: 'mail', type: 'mail.sent', projectId, payload: {} });
    expect(await history.list(projectId, { types: ['mail.sent'] }, 5)).toEqual([]);
  });

  it('can be neither changed nor deleted nor emptied', async () => {
    await record(db, 3);
    for (const statement of [
      'UPDATE project_events SET actor_id = 0',
      'DELETE FROM project_events',
      'TRUNCATE project_events',
    ])
      await expect(sql.raw(statement).execute(db)).rejects.toThrow('append-only');
  });

  it('knows which fields changed after a version', async () => {
    expect(await history.fieldsChangedSince(7, 1)).toEqual(['title']);
    expect(await history.fieldsChangedSince(7, 99)).toEqual([]);
  });
});

describe('change feed', () => {
  const readAll = async (project: number, since: ChangeToken) => {
    const rows = await history.changes(project, since, 1_000);
    return { versions: rows.map(row => row.event.payload['version']), last: rows.at(-1)?.token };
  };

  it('waits for an earlier transaction instead of skipping it', async () => {
    const own = (await projectRepository(db).insert(ana, { name: 'Carrera' })).id;
    let finishSlow = () => {};
    const slowMayFinish = new Promise<void>(resolve => {
      finishSlow = resolve;
    });
    let slowHasWritten = () => {};
    const slowWrote = new Promise<void>(resolve => {
      slowHasWritten = resolve;
    });
    const slow = inTransaction(db, async trx => {
      await record(trx, 1, own);
      slowHasWritten();
      await slowMayFinish;
    });
    await slowWrote;
    await record(db, 2, own);
    const early = await readAll(own, beginning);
    expect(early.versions).toEqual([]);
    finishSlow();
    await slow;
    expect((await readAll(own, early.last ?? beginning)).versions).toEqual([1, 2]);
  });

  it('gives each of many concurrent changes exactly once to a reader who never stops', async () => {
    const own = (await projectRepository(db).insert(ana, { name: 'Muchos' })).id;
    const total = 160;
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let step = 0; step < total / 8; step++)
        await inTransaction(db, async trx => {
          await record(trx, writer * 1_000 + step, own);
          await sql`SELECT pg_sleep(random() * 0.004)`.execute(trx);
        });
    });
    const seen: unknown[] = [];
    let token = beginning;
    let writing = true;
    const done = Promise.all(writers).then(() => {
      writing = false;
    });
    for (;;) {
      const last = !writing;
      const { versions, last: next } = await readAll(own, token);
      seen.push(...versions);
      token = next ?? token;
      if (last && versions.length === 0) break;
    }
    await done;
    expect(seen).toHaveLength(total);
    expect(new Set(seen).size).toBe(total);
  });

  it('follows the numbers of transactions, not their digits', async () => {
    const own = (await projectRepository(db).insert(ana, { name: 'De 99 a 100' })).id;
    for (const [id, xid] of [
      [1, '99'],
      [2, '100'],
    ] as const)
      await sql`INSERT INTO project_events (id, project_id, xid, type, payload)
        VALUES (${id}, ${own}, ${xid}::xid8, 'task.updated', ${`{"version":${id}}`}::jsonb)`.execute(
        db,
      );
    expect((await readAll(own, beginning)).versions).toEqual([1, 2]);
  });

  it('starts at "latest" with what nobody has seen yet', async () => {
    const own = (await projectRepository(db).insert(ana, { name: 'Desde ahora' })).id;
    await record(db, 1, own);
    const token = await history.latest();
    await record(db, 2, own);
    expect((await readAll(own, token)).versions).toEqual([2]);
  });
});
