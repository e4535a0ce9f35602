import { sql } from 'kysely';
import { accessRepository } from '../functions/src/data/access.ts';
import { type Database, inTransaction } from '../functions/src/data/database.ts';
import { historyRepository } from '../functions/src/data/history.ts';
import { outboxRepository } from '../functions/src/data/outbox.ts';
import { statusRepository } from '../functions/src/data/status.ts';
import { taskListRepository } from '../functions/src/data/task-list.ts';
import { taskRepository } from '../functions/src/data/tasks.ts';
import { createdEvent } from '../functions/src/operations/tasks/task-work.ts';
import { statusQuestion } from './pgbench.ts';

const runs = 300;
const warmUp = 20;
const writers = 20;
/** Few, so that writers meet on the same rows. */
const writtenProjects = 5;
const mixedSeconds = 10;

export type Extent = {
  firstProject: number;
  projects: number;
  firstTask: number;
  tasks: number;
  owner: number;
};

/** Where the rows are that bench/million.ts made. */
export const extentOf = async (db: Database): Promise<Extent> => {
  const { rows } = await sql<Extent>`
    SELECT min(id) AS "firstProject", count(*) AS projects, min(owner_id) AS owner,
      (SELECT min(id) FROM tasks) AS "firstTask",
      (SELECT reltuples::bigint FROM pg_class WHERE relname = 'tasks') AS tasks
    FROM projects`.execute(db);
  const [extent] = rows;
  if (!extent) throw new Error('An aggregate answers one row');
  return extent;
};

const random = (from: number, howMany: number) => from + Math.floor(Math.random() * howMany);
const page = { sort: 'created', descending: true, limit: 50 } as const;

type Queries = Record<string, () => Promise<unknown>>;

const queriesOn = (db: Database, extent: Extent): Queries => {
  const project = () => random(extent.firstProject, extent.projects);
  const task = () => random(extent.firstTask, extent.tasks);
  const { list } = taskListRepository(db);
  const search = (text: string) => list(project(), { text }, { ...page, sort: 'relevance' });
  const todo = { status: ['todo' as const], assigneeId: extent.owner + 3 };
  return {
    'access check of a task': () => accessRepository(db).ofTask(extent.owner, task()),
    'access check with the task': () => accessRepository(db).withTask(extent.owner, task()),
    'get a task': () => taskRepository(db).find(task()),
    'list of 50, newest': () => list(project(), {}, page),
    'list of 50, by due date': () => list(project(), {}, { ...page, sort: 'due' }),
    'list of 50, by last change': () => list(project(), {}, { ...page, sort: 'updated' }),
    'list of 50, state and person': () => list(project(), todo, page),
    'search, words': () => search('contratos del proveedor'),
    'search, misspelt': () => search('presupeusto'),
    'similar titles': () => taskRepository(db).findSimilar(project(), 'revisar el contarto', 5),
    'status, not remembered': () => statusRepository(db).ask(project(), statusQuestion()),
    'activity, newest 50': () => historyRepository(db).list(project(), {}, 50),
  };
};

const create = (db: Database, projectId: number, userId: number) =>
  inTransaction(db, async trx => {
    const task = await taskRepository(trx).insert(projectId, userId, { title: 'Tarea de carga' });
    await outboxRepository(trx).add(createdEvent(task, userId));
  });

const timesOf = async (work: () => Promise<unknown>): Promise<number[]> => {
  const times: number[] = [];
  for (let run = -warmUp; run < runs; run++) {
    const started = performance.now();
    await work();
    if (run >= 0) times.push(performance.now() - started);
  }
  return times;
};

/** One line of a table of times: median, 95 and 99 of a hundred. */
export const timesRow = (name: string, times: number[]): string => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2);
  return `| ${name} | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} |`;
};

export const timesHead = ['| | p50 ms | p95 ms | p99 ms |', '|---|---|---|---|'];

/** How long our own queries take on a large database, one at a time. */
export const measureQueries = async (db: Database, extent: Extent): Promise<string[]> => {
  const rows: string[] = [];
  for (const [name, work] of Object.entries(queriesOn(db, extent)))
    rows.push(timesRow(name, await timesOf(work)));
  const anywhere = () => create(db, random(extent.firstProject, extent.projects), extent.owner);
  rows.push(timesRow('create with history and outbox', await timesOf(anywhere)));
  return [...timesHead, ...rows];
};

type Health = { deadlocks: number; hit: number; read: number };

const healthOf = async (db: Database): Promise<Health> => {
  await sql`SELECT pg_stat_force_next_flush()`.execute(db);
  const { rows } = await sql<Health>`
    SELECT (SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()) AS deadlocks,
      sum(idx_blks_hit) AS hit, sum(idx_blks_read) AS read FROM pg_statio_user_indexes`.execute(db);
  return rows[0] ?? { deadlocks: 0, hit: 0, read: 0 };
};

/** What many writers on few projects do to each other, with every kind of read beside them. */
export const measureWriters = async (db: Database, extent: Extent): Promise<string[]> => {
  const queries = Object.values(queriesOn(db, extent));
  const before = await healthOf(db);
  const end = performance.now() + mixedSeconds * 1_000;
  let [reads, writes] = [0, 0];
  const writer = async () => {
    while (performance.now() < end) {
      const projectId = random(extent.firstProject, writtenProjects);
      await create(db, projectId, extent.owner);
      const [row] = await taskListRepository(db).list(projectId, {}, { ...page, limit: 1 });
      await inTransaction(db, async trx => {
        const locked = row && (await taskRepository(trx).lock(row.task.id));
        if (locked) await taskRepository(trx).update(locked.id, { status: 'done' });
      });
      await queries[random(0, queries.length)]?.();
      writes += 2;
      reads += 2;
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  const after = await healthOf(db);
  const [hit, read] = [after.hit - before.hit, after.read - before.read];
  const perSecond = (count: number) => Math.round(count / mixedSeconds);
  return [
    `${writers} writers on ${writtenProjects} projects for ${mixedSeconds} s: ${perSecond(writes)} writes and ${perSecond(reads)} reads a second, ${after.deadlocks - before.deadlocks} deadlocks, index hit ratio ${((100 * hit) / (hit + read)).toFixed(1)} %`,
  ];
};
