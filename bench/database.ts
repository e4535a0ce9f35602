import { sql } from 'kysely';
import { accessRepository } from '../functions/src/data/access.ts';
import { type Database, inTransaction, openDatabase } from '../functions/src/data/database.ts';
import { historyRepository } from '../functions/src/data/history.ts';
import { outboxRepository } from '../functions/src/data/outbox.ts';
import { statusRepository } from '../functions/src/data/status.ts';
import { taskListRepository } from '../functions/src/data/task-list.ts';
import { taskRepository } from '../functions/src/data/tasks.ts';

/**
 * `node bench/database.ts DATABASE_URL`: how long our own queries take on a database that bench/seed.ts
 * filled, one at a time, and what twenty writers do to it at once.
 */
const [url] = process.argv.slice(2);
if (!url) throw new Error('Say which database: node bench/database.ts DATABASE_URL');
const db = openDatabase({ connectionString: url, max: 20 });

const { first, count, people } = (
  await sql<{ first: number; count: number; people: number }>`
    SELECT min(id) AS first, count(*) AS count, min(owner_id) AS people FROM projects`.execute(db)
).rows[0] ?? { first: 0, count: 0, people: 0 };
const firstTask =
  (await sql<{ id: number }>`SELECT min(id) AS id FROM tasks`.execute(db)).rows[0]?.id ?? 0;
const taskCount =
  (
    await sql<{
      n: number;
    }>`SELECT reltuples::bigint AS n FROM pg_class WHERE relname = 'tasks'`.execute(db)
  ).rows[0]?.n ?? 0;

const random = (from: number, howMany: number) => from + Math.floor(Math.random() * howMany);
const project = () => random(first, count);
const task = () => random(firstTask, taskCount);
const page = { sort: 'created', descending: true, limit: 50 } as const;
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString();
const question = {
  today: day(0).slice(0, 10),
  weekEnd: day(-5).slice(0, 10),
  trendFrom: Array.from({ length: 14 }, (_, index) => day(13 - index)),
};

const write = (projectId: number) =>
  inTransaction(db, async (trx: Database) => {
    const created = await taskRepository(trx).insert(projectId, people, {
      title: 'Tarea de carga',
    });
    await outboxRepository(trx).add({
      topic: 'task-events',
      type: 'task.created',
      projectId,
      payload: { taskId: created.id, actorId: people, version: 1, after: { title: created.title } },
    });
  });

const queries: Record<string, () => Promise<unknown>> = {
  'access check of a task': () => accessRepository(db).ofTask(people, task()),
  'get a task': () => taskRepository(db).find(task()),
  'list of 50, newest': () => taskListRepository(db).list(project(), {}, page),
  'list of 50, by due date': () =>
    taskListRepository(db).list(project(), {}, { ...page, sort: 'due' }),
  'list of 50, state and person': () =>
    taskListRepository(db).list(project(), { status: ['todo'], assigneeId: people + 3 }, page),
  'search, words': () =>
    taskListRepository(db).list(
      project(),
      { text: 'contratos del proveedor' },
      { ...page, sort: 'relevance' },
    ),
  'search, misspelt': () =>
    taskListRepository(db).list(project(), { text: 'presupeusto' }, { ...page, sort: 'relevance' }),
  'similar titles': () => taskRepository(db).findSimilar(project(), 'revisar el contarto', 5),
  'status, uncached': () => statusRepository(db).ask(project(), question),
  'activity, newest 50': () => historyRepository(db).list(project(), {}, 50),
  'create with history and outbox': () => write(project()),
};

const measure = async (work: () => Promise<unknown>, rounds: number): Promise<number[]> => {
  const times: number[] = [];
  for (let round = -20; round < rounds; round++) {
    const started = performance.now();
    await work();
    if (round >= 0) times.push(performance.now() - started);
  }
  return times.toSorted((a, b) => a - b);
};

const at = (times: number[], share: number): string =>
  (times[Math.floor(times.length * share)] ?? 0).toFixed(2);

process.stdout.write('| Query | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|\n');
for (const [name, work] of Object.entries(queries)) {
  const times = await measure(work, 500);
  process.stdout.write(
    `| ${name} | ${at(times, 0.5)} | ${at(times, 0.95)} | ${at(times, 0.99)} |\n`,
  );
}

type Health = { deadlocks: number; hit: number; read: number };
const health = async (): Promise<Health> => {
  await sql`SELECT pg_stat_force_next_flush()`.execute(db);
  const { rows } = await sql<Health>`
    SELECT (SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()) AS deadlocks,
      sum(idx_blks_hit) AS hit, sum(idx_blks_read) AS read FROM pg_statio_user_indexes`.execute(db);
  return rows[0] ?? { deadlocks: 0, hit: 0, read: 0 };
};

const seconds = 10;
const before = await health();
const end = performance.now() + seconds * 1_000;
const counts = { reads: 0, writes: 0 };
const names = Object.keys(queries).filter(name => !name.startsWith('create'));
const writer = async () => {
  // Few projects, so that writers meet on the same rows.
  while (performance.now() < end) {
    const projectId = random(first, 5);
    await write(projectId);
    const [row] = await taskListRepository(db).list(projectId, {}, { ...page, limit: 1 });
    if (row)
      await inTransaction(db, async trx => {
        const locked = await taskRepository(trx).lock(row.task.id);
        if (locked) await taskRepository(trx).update(locked.id, { status: 'done' });
      });
    counts.writes += 2;
    const name = names[random(0, names.length)];
    if (name) await queries[name]?.();
    counts.reads += 2;
  }
};
await Promise.all(Array.from({ length: 20 }, writer));
const after = await health();
const [hit, read] = [after.hit - before.hit, after.read - before.read];
process.stdout.write(`
Twenty writers for ${seconds} s: ${Math.round(counts.writes / seconds)} writes and ${Math.round(counts.reads / seconds)} reads a second, ${after.deadlocks - before.deadlocks} deadlocks, index hit ratio ${((100 * hit) / (hit + read)).toFixed(1)} %
`);
await db.destroy();
