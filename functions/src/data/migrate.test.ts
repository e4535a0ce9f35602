import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';
import { migrate } from './migrate.ts';

const { db, url } = await testDatabase();
let folder = '';
let count = 0;
const file = (name: string, text: string) => writeFile(join(folder, name), text);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  await sql`DROP TABLE IF EXISTS kysely_migration, kysely_migration_lock, schema_checksums CASCADE`.execute(
    db,
  );
  count++;
});

describe('migrate', () => {
  it('runs new files once, in order, function bodies included', async () => {
    await file('0001_a.sql', `CREATE TABLE t${count} (n INT);`);
    await file(
      '0002_b.sql',
      `CREATE FUNCTION f${count}() RETURNS int LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t${count} VALUES (1); RETURN 1; END $$; SELECT f${count}();`,
    );
    expect(await migrate(url, folder)).toEqual(['0001_a', '0002_b']);
    expect(await migrate(url, folder)).toEqual([]);
  });

  it('refuses a file that changed after it ran', async () => {
    await file('0001_a.sql', 'SELECT 1;');
    await migrate(url, folder);
    await file('0001_a.sql', 'SELECT 2;');
    await expect(migrate(url, folder)).rejects.toThrow('0001_a.sql');
  });

  it('leaves nothing of a file that fails', async () => {
    await file('0001_a.sql', `CREATE TABLE half${count} (n INT); SELECT 1/0;`);
    await expect(migrate(url, folder)).rejects.toThrow('division by zero');
    const { rows } = await sql`SELECT to_regclass(${`half${count}`}) AS name`.execute(db);
    expect(rows).toEqual([{ name: null }]);
  });

  it('runs a file that arrives after one with a higher number', async () => {
    await file('0002_b.sql', 'SELECT 2;');
    await migrate(url, folder);
    await file('0001_a.sql', 'SELECT 1;');
    expect(await migrate(url, folder)).toEqual(['0001_a']);
  });

  it('lets two runners start at once', async () => {
    await file('0001_a.sql', `CREATE TABLE twice${count} (n INT); SELECT pg_sleep(0.2);`);
    const runs = await Promise.all([migrate(url, folder), migrate(url, folder)]);
    expect(runs.flat()).toEqual(['0001_a']);
  });
});
