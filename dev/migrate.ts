import { parseArgs } from 'node:util';
import { migrate } from '../functions/src/data/migrate.ts';

// npm run migrate -- --url postgres://… : brings any database up to date (production: through the
// Cloud SQL proxy, before the functions that need the new schema are deployed).
const { values } = parseArgs({ options: { url: { type: 'string' } } });
const url = values.url ?? process.env['DATABASE_URL'];
if (!url) {
  console.error('Give the database: npm run migrate -- --url postgres://…');
  process.exit(1);
}
const applied = await migrate(url);
console.log(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'The schema is up to date.');
