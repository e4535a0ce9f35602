/**
 * `npm run reseal -- --url postgres://…`: seals stored values under the current key of FIELD_KEYS, so that older
 * keys can be retired. May be stopped, repeated, and run beside the product.
 */
import { parseArgs } from 'node:util';
import { fieldCipher } from '../functions/src/adapters/encryption/field-cipher.ts';
import { parseKeyRing } from '../functions/src/adapters/encryption/key-ring.ts';
import { openDatabase } from '../functions/src/data/database.ts';
import { resealAll } from '../functions/src/data/resealing.ts';

const { values } = parseArgs({ options: { url: { type: 'string' } } });
const url = values.url ?? process.env['DATABASE_URL'];
if (!url) throw new Error('Give the database: npm run reseal -- --url postgres://…');
const ring = parseKeyRing('FIELD_KEYS', process.env['FIELD_KEYS']);
const db = openDatabase({ connectionString: url, max: 1 });
let unreadable = 0;
try {
  await resealAll(db, fieldCipher(ring), done => {
    unreadable += done.unreadable;
    console.log(
      `${done.table}.${done.column}: ${done.resealed} sealed anew, ${done.unreadable} unreadable`,
    );
  });
} finally {
  await db.destroy();
}
console.log(
  unreadable === 0
    ? `All is sealed under key ${ring.current}. What waits in the mail queue may need older ones for 14 days more.`
    : 'Keep the older keys: some values could not be read.',
);
if (unreadable > 0) process.exitCode = 1;
