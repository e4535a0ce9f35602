import { sql } from 'kysely';
import { afterAll, vi } from 'vitest';
import type { Product } from './product.ts';

/**
 * Lets a test turn the product's clock, which no request can: Node's, and PostgreSQL's by a `now()` that is
 * found before its own. Defaults of columns keep real time.
 */
export const movableClock = async ({ db }: Product) => {
  const start = Date.now();
  await sql`CREATE SCHEMA clock`.execute(db);
  await sql`CREATE TABLE clock.shift AS SELECT interval '0' AS by`.execute(db);
  for (const name of ['now', 'clock_timestamp'])
    await sql`CREATE FUNCTION clock.${sql.id(name)}() RETURNS timestamptz LANGUAGE sql STABLE
      AS 'SELECT pg_catalog.now() + by FROM clock.shift'`.execute(db);
  await sql`DO $$ BEGIN EXECUTE format(
    'ALTER DATABASE %I SET search_path = clock, pg_catalog, public', current_database()); END $$`.execute(
    db,
  );
  // Only new connections read the setting.
  await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`.execute(db);
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  afterAll(() => {
    vi.useRealTimers();
  });
  return {
    /** Seconds from where the clock stood at first. */
    moveTo: async (seconds: number): Promise<void> => {
      await sql`UPDATE clock.shift SET by = make_interval(secs => ${seconds})`.execute(db);
      vi.setSystemTime(start + seconds * 1_000);
    },
  };
};
