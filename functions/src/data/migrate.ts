import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { Pool, type PoolClient } from 'pg';

const fileName = /^\d{4}_[a-z0-9_]+\.sql$/;
const sqlFolder = join(import.meta.dirname, '..', '..', '..', 'sql');

type Source = { name: string; text: string; checksum: string };
type Db = Kysely<unknown>;

/**
 * Brings the schema up to date and returns the names of the files it ran.
 * Forward only; two runners wait for each other. Fails when a file that already ran was changed.
 */
export const migrate = async (databaseUrl: string, folder = sqlFolder): Promise<string[]> => {
  const sources = await readSources(folder);
  const pool = new Pool({ connectionString: databaseUrl, max: 2 });
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  const gate = await pool.connect();
  try {
    await waitForOtherRunners(gate);
    await sql`CREATE TABLE IF NOT EXISTS schema_checksums
      (name TEXT PRIMARY KEY, checksum CHAR(64) NOT NULL)`.execute(db);
    await refuseChangedFiles(db, sources);
    return await run(db, sources);
  } finally {
    gate.release(true);
    await db.destroy();
  }
};

/** Held until the connection closes: a second runner waits here and then finds nothing to do. */
const waitForOtherRunners = (gate: PoolClient) =>
  gate.query("SELECT pg_advisory_lock(hashtext('pm-bot migrations'))");

const readSources = async (folder: string): Promise<Source[]> => {
  const names = (await readdir(folder)).filter(name => fileName.test(name)).toSorted();
  return Promise.all(
    names.map(async file => {
      const text = await readFile(join(folder, file), 'utf8');
      const checksum = createHash('sha256').update(text).digest('hex');
      return { name: file.replace(/\.sql$/, ''), text, checksum };
    }),
  );
};

const refuseChangedFiles = async (db: Db, sources: Source[]): Promise<void> => {
  const { rows } = await sql<{ name: string; checksum: string }>`
    SELECT name, checksum FROM schema_checksums`.execute(db);
  const recorded = new Map(rows.map(row => [row.name, row.checksum]));
  const changed = sources.filter(
    source => recorded.has(source.name) && recorded.get(source.name) !== source.checksum,
  );
  if (changed.length === 0) return;
  const names = changed.map(source => `${source.name}.sql`).join(', ');
  throw new Error(`Already applied but changed since: ${names}. Write a new file instead.`);
};

const run = async (db: Db, sources: Source[]): Promise<string[]> => {
  const migrations = Object.fromEntries(sources.map(source => [source.name, migrationOf(source)]));
  const provider = { getMigrations: async () => migrations };
  // Numbers are given out in ranges: a file may arrive after one with a higher number has run.
  const migrator = new Migrator({ db, provider, allowUnorderedMigrations: true });
  const { error, results } = await migrator.migrateToLatest();
  if (error)
    throw new Error(`Migration failed: ${error instanceof Error ? error.message : 'unknown'}`, {
      cause: error,
    });
  return (results ?? []).map(result => result.migrationName);
};

const migrationOf = ({ name, text, checksum }: Source): Migration => ({
  up: async db => {
    // Without parameters the whole file travels as one simple query, function bodies included.
    await sql.raw(text).execute(db);
    await sql`INSERT INTO schema_checksums VALUES (${name}, ${checksum})`.execute(db);
  },
});
