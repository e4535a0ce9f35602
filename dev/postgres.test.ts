import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from './postgres.ts';
import { removeData } from './postgres-files.ts';

const started: Postgres[] = [];
const folders: string[] = [];

const start = async (dataDir?: string) => {
  const postgres = await startPostgres(dataDir ? { dataDir } : {});
  started.push(postgres);
  return postgres;
};

const privateFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pm-bot-test-'));
  folders.push(folder);
  return folder;
};

const query = async (url: string, text: string) => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

afterEach(async () => {
  for (const postgres of started.splice(0)) await postgres.stop();
  for (const folder of folders.splice(0)) {
    await removeData(join(folder, 'postgres'));
    await rm(folder, { recursive: true, force: true });
  }
});

describe('the local PostgreSQL', () => {
  it('has the extensions the schema needs and knows Spanish letters', async () => {
    const { url } = await start();
    await query(url, 'CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent');
    const rows = await query(
      url,
      `SELECT lower('ÁÑ') low, unaccent('Ñandú') plain,
      similarity('añó', 'aña') > 0.3 AS similar, current_setting('TimeZone') zone`,
    );
    expect(rows).toEqual([{ low: 'áñ', plain: 'Nandu', similar: true, zone: 'UTC' }]);
  });

  it('keeps data over a restart, also in a folder only root may enter', async () => {
    const folder = join(await privateFolder(), 'postgres');
    const first = await start(folder);
    await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS n');
    await first.stop();
    const second = await start(folder);
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  });

  it('replaces a server that an earlier, killed stack left behind', async () => {
    const folder = join(await privateFolder(), 'postgres');
    const orphan = await start(folder);
    await query(orphan.url, 'CREATE TABLE kept AS SELECT 7 AS n');
    const next = await start(folder);
    expect(await orphan.exited).toMatch(/exit code 0/);
    expect(await query(next.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  });

  it('starts again after its server was killed outright', async () => {
    const folder = join(await privateFolder(), 'postgres');
    const first = await start(folder);
    const [row] = await query(first.url, 'SHOW data_directory');
    const pidFile = join(String(row.data_directory), 'postmaster.pid');
    process.kill(Number((await readFile(pidFile, 'utf8')).split('\n')[0]), 'SIGKILL');
    await first.exited;
    const second = await start(folder);
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});
