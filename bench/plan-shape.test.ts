// oxlint-disable vitest/expect-expect -- expectOwnRowsOnly is the expectation
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { accessRepository } from '../functions/src/data/access.ts';
import { type Database, inTransaction } from '../functions/src/data/database.ts';
import { historyRepository } from '../functions/src/data/history.ts';
import { memberRepository } from '../functions/src/data/members.ts';
import { statusRepository } from '../functions/src/data/status.ts';
import { taskListRepository } from '../functions/src/data/task-list.ts';
import { taskRepository } from '../functions/src/data/tasks.ts';
import { taskSorts } from '../functions/src/domain/task-list.ts';
import { testDatabase } from '../functions/test/support/database.ts';
import { seedMillion } from './million.ts';

// The shape of plans, not their speed: enough rows that reading all of them is never the cheap way.
const projects = 60;
const tasksPerProject = 300;

const { db } = await testDatabase();
let projectId = 0;
let taskId = 0;
let userId = 0;

beforeAll(async () => {
  await seedMillion(db, { projects, tasksPerProject });
  await untilAllVisible();
  ({ id: projectId, owner_id: userId } = await db
    .selectFrom('projects')
    .select(['id', 'owner_id'])
    .orderBy('id')
    .offset(7)
    .executeTakeFirstOrThrow());
  ({ id: taskId } = await db
    .selectFrom('tasks')
    .select('id')
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow());
}, 120_000);

/** An index answers alone only for what everyone may see, which a passing autovacuum can hold up. */
const untilAllVisible = async (): Promise<void> => {
  for (let tries = 0; tries < 50; tries++) {
    const { rows } = await sql<{ rest: number }>`
      SELECT relpages - relallvisible AS rest FROM pg_class WHERE relname = 'tasks'`.execute(db);
    if (rows[0]?.rest === 0) return;
    await new Promise(resolve => setTimeout(resolve, 100));
    await sql`VACUUM tasks`.execute(db);
  }
};

type Reads = { sequentialScans: number; rows: number };

/** How tasks were read by some work: by whole scans, and how many rows by index. */
const readsOf = (work: (trx: Database) => Promise<unknown>): Promise<Reads> =>
  inTransaction(db, async trx => {
    const look = async () => {
      const { rows } = await sql<{ scans: number; fetched: number }>`
        SELECT seq_scan AS scans, coalesce(idx_tup_fetch, 0) + seq_tup_read AS fetched
        FROM pg_stat_xact_user_tables WHERE relname = 'tasks'`.execute(trx);
      return rows[0] ?? { scans: 0, fetched: 0 };
    };
    const before = await look();
    await work(trx);
    const after = await look();
    return { sequentialScans: after.scans - before.scans, rows: after.fetched - before.fetched };
  });

/** No scan of the table, and no more rows than the project has, a few times over. */
const expectOwnRowsOnly = async (work: (trx: Database) => Promise<unknown>) => {
  const reads = await readsOf(work);
  expect(reads.sequentialScans).toBe(0);
  expect(reads.rows).toBeLessThanOrEqual(4 * tasksPerProject);
};

const question = {
  today: '2026-11-24',
  weekEnd: '2026-11-29',
  trendFrom: ['2026-11-11T00:00:00Z', '2026-11-12T00:00:00Z'],
};

describe('tasks are read by index alone', () => {
  it('by get', () => expectOwnRowsOnly(trx => taskRepository(trx).find(taskId)));
  it('by the access check', () =>
    expectOwnRowsOnly(trx => accessRepository(trx).ofTask(userId, taskId)));
  it('by the access check that brings the task', () =>
    expectOwnRowsOnly(trx => accessRepository(trx).withTask(userId, taskId)));
  it('by status', () => expectOwnRowsOnly(trx => statusRepository(trx).ask(projectId, question)));
  it('by similar titles', () =>
    expectOwnRowsOnly(trx =>
      taskRepository(trx).findSimilar(projectId, 'contarto del cliente', 5),
    ));
  it('by history', () =>
    expectOwnRowsOnly(trx => historyRepository(trx).fieldsChangedSince(taskId, 1)));

  it.each(taskSorts)('by list sorted by %s', sort =>
    expectOwnRowsOnly(trx =>
      taskListRepository(trx).list(projectId, sort === 'relevance' ? { text: 'contrato' } : {}, {
        sort,
        descending: true,
        limit: 50,
      }),
    ),
  );

  it.each([
    ['state', { status: ['done' as const] }],
    ['person', { assigneeId: 1 }],
    ['nobody', { without: ['assigneeId' as const] }],
    ['due date', { dueBefore: '2026-12-01' }],
    ['labels', { labels: ['etiqueta3'] }],
    ['sprint', { sprintId: 1 }],
    ['watcher', { watcherId: 1 }],
    ['own field', { customField: { id: 1, value: 'x' } }],
    ['words', { text: 'contratos del proveedor' }],
    ['words and state', { text: 'informe', status: ['todo' as const] }],
  ])('by list filtered by %s', (_name, filter) =>
    expectOwnRowsOnly(trx =>
      taskListRepository(trx).list(projectId, filter, {
        sort: 'created',
        descending: true,
        limit: 50,
      }),
    ),
  );

  it.each(['due', 'start', 'updated', 'points', 'priority', 'status'] as const)(
    'by a first page sorted by %s, which reads the tasks that it shows alone',
    async sort => {
      const page = { sort, descending: true, limit: 50 } as const;
      const reads = await readsOf(trx => taskListRepository(trx).list(projectId, {}, page));
      expect(reads.rows).toBeLessThanOrEqual(60);
    },
  );

  it('by a first page, which reads little more than it shows', async () => {
    const page = { sort: 'created', descending: true, limit: 50 } as const;
    const reads = await readsOf(trx => taskListRepository(trx).list(projectId, {}, page));
    expect(reads.rows).toBeLessThanOrEqual(60);
  });

  // Last, because it writes: what was just written is looked up in the table beside the index.
  it('by leaving a project', () =>
    expectOwnRowsOnly(trx => memberRepository(trx).unassign(projectId, userId)));
});
