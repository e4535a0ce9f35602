import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { accessRepository } from '../functions/src/data/access.ts';
import { type Database, inTransaction } from '../functions/src/data/database.ts';
import { outboxRepository } from '../functions/src/data/outbox.ts';
import { statusRepository } from '../functions/src/data/status.ts';
import { taskRepository } from '../functions/src/data/tasks.ts';
import { createdEvent } from '../functions/src/operations/tasks/task-work.ts';
import type { Contender } from './compare.ts';
import { recorded } from './recorded.ts';
import { seconds } from './settings.ts';

export const hasPgbench = (): boolean => {
  try {
    execFileSync('pgbench', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** The statements of one creation as the request waits for them: access, task, history and outbox. */
export const creation = (db: Database) =>
  accessRepository(db)
    .ofProject(1, 1)
    .then(() =>
      inTransaction(db, async trx => {
        const fields = { title: 'Revisar el contrato', dueDate: '2026-11-27' };
        const task = await taskRepository(trx).insert(1, 1, { ...fields, priority: 'high' });
        await outboxRepository(trx).add(createdEvent({ ...task, ...fields }, 1));
      }),
    );

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString();

/** What a status report asks, by the days around today. */
export const statusQuestion = () => ({
  today: day(0).slice(0, 10),
  weekEnd: day(-5).slice(0, 10),
  trendFrom: Array.from({ length: 14 }, (_, index) => day(13 - index)),
});

/** The statements behind a status report that nothing remembers. */
export const statusReport = async (db: Database) => {
  await accessRepository(db).withTimezone(1, 1);
  await statusRepository(db).ask(1, statusQuestion());
};

/** PostgreSQL's own load generator with the statements of some work, prepared, over ten connections. */
export const pgbench = async (
  url: string,
  work: (db: Database) => Promise<unknown>,
): Promise<Contender> => {
  const file = join(await mkdtemp(join(tmpdir(), 'bench-')), 'script.sql');
  const lines = (await recorded(work)).map(text => `${text.replaceAll(/\s+/g, ' ').trim()};`);
  await writeFile(file, `${lines.join('\n')}\n`);
  const load = ['-n', '-M', 'prepared', '-c', '10', '-j', '1', '-T', String(seconds), '-f', file];
  return {
    name: 'pgbench, same statements',
    round: async () => {
      const { stdout } = await promisify(execFile)('pgbench', [...load, url]);
      const perSecond = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
      const p50Ms = Number(/latency average = ([\d.]+) ms/.exec(stdout)?.[1]);
      return { perSecond, p50Ms };
    },
  };
};
