import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Contender } from './compare.ts';

// The statements of one task creation as the operation sends them, less what HTTP and JSON cost.
const script = `
\\set title random(1, 1000000)
BEGIN;
INSERT INTO tasks (title, project_id, creator_id) VALUES ('Tarea ' || :title, 1, 1) RETURNING id \\gset
INSERT INTO outbox (topic, type, project_id, payload)
  VALUES ('bench', 'task.created', 1, '{"taskId":1,"version":1,"actorId":1}') RETURNING id;
COMMIT;
`;

export const hasPgbench = (): boolean => {
  try {
    execFileSync('pgbench', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** PostgreSQL's own load generator with the same statements, prepared, over ten connections. */
export const pgbenchInserts = async (url: string, seconds: number): Promise<Contender> => {
  const file = join(await mkdtemp(join(tmpdir(), 'bench-')), 'insert.sql');
  await writeFile(file, script);
  const args = [
    '-n',
    '-M',
    'prepared',
    '-c',
    '10',
    '-j',
    '1',
    '-T',
    String(seconds),
    '-f',
    file,
    url,
  ];
  return {
    name: 'pgbench, same statements',
    round: async () => {
      const { stdout } = await promisify(execFile)('pgbench', args);
      const perSecond = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
      const p50Ms = Number(/latency average = ([\d.]+) ms/.exec(stdout)?.[1]);
      return { perSecond, p50Ms };
    },
  };
};
