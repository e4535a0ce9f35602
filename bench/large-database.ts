import { sql } from 'kysely';
import { openDatabase } from '../functions/src/data/database.ts';
import { migrate } from '../functions/src/data/migrate.ts';
import { seedMillion } from './million.ts';
import { extentOf, measureQueries, measureWriters } from './queries.ts';
import { projects } from './settings.ts';
import { measureStatus } from './status.ts';
import type { World } from './world.ts';

const tasksPerProject = 1_000;

/** A database of a million tasks beside the world's own: queries, writers, and the status over HTTP. */
export const measureLargeDatabase = async (world: World): Promise<string[]> => {
  const { postgres } = world.stack.services;
  const admin = openDatabase({ connectionString: postgres.url, max: 1 });
  await sql`CREATE DATABASE large`.execute(admin);
  await admin.destroy();
  const url = postgres.urlOf('large');
  await migrate(url);
  // Loading takes longer than any request may.
  const options = '-c timezone=UTC -c statement_timeout=0 -c maintenance_work_mem=256MB';
  const loader = openDatabase({ connectionString: url, max: 2, options });
  const from = performance.now();
  await seedMillion(loader, { projects, tasksPerProject });
  await loader.destroy();
  const seeded = ((performance.now() - from) / 1_000).toFixed(0);
  const db = openDatabase({ connectionString: url, max: 20 });
  try {
    const extent = await extentOf(db);
    return [
      `${projects} projects of ${tasksPerProject} tasks, loaded in ${seeded} s`,
      '',
      ...(await measureQueries(db, extent)),
      '',
      ...(await measureWriters(db, extent)),
      '',
      ...(await measureStatus(world, url, extent)),
    ];
  } finally {
    await db.destroy();
  }
};
