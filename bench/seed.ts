import { openDatabase } from '../functions/src/data/database.ts';
import { migrate } from '../functions/src/data/migrate.ts';
import { seedMillion } from './million.ts';

/** `node bench/seed.ts DATABASE_URL [projects] [tasks per project]`: an empty database becomes a large one. */
const [url, projects = '1000', tasksPerProject = '1000'] = process.argv.slice(2);
if (!url) throw new Error('Say which database: node bench/seed.ts DATABASE_URL');
await migrate(url);
// Loading takes longer than any request may.
const db = openDatabase({
  connectionString: url,
  max: 2,
  options: '-c timezone=UTC -c statement_timeout=0 -c maintenance_work_mem=256MB',
});
const started = performance.now();
await seedMillion(db, {
  projects: Number(projects),
  tasksPerProject: Number(tasksPerProject),
});
await db.destroy();
const seconds = Math.round((performance.now() - started) / 1_000);
process.stdout.write(`${Number(projects) * Number(tasksPerProject)} tasks in ${seconds} s\n`);
