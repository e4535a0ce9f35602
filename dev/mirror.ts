/** `npm run mirror -- --url postgres://…`: has every project's Firestore documents written anew. */
import { parseArgs } from 'node:util';
import { openDatabase } from '../functions/src/data/database.ts';
import { outboxRepository } from '../functions/src/data/outbox.ts';
import { loadedTriggers, runNow } from './functions-wiring.ts';

/** Puts the requests into the outbox; the relay publishes them at its next run. */
export const requestMirror = async (url: string): Promise<void> => {
  const db = openDatabase({ connectionString: url, max: 1 });
  try {
    await outboxRepository(db).requestMirror();
  } finally {
    await db.destroy();
  }
};

/** Does it at once on the local stack, whose Firestore forgets everything when it stops. */
export const refillMirror = async (databaseUrl: string, functionsUrl: string): Promise<void> => {
  await requestMirror(databaseUrl);
  const triggers = await loadedTriggers(functionsUrl);
  const relay = triggers.find(trigger => trigger.name === 'relayOutbox');
  if (relay) await runNow(functionsUrl, relay);
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { url: { type: 'string' } } });
  const url = values.url ?? process.env['DATABASE_URL'];
  if (!url) throw new Error('Give the database: npm run mirror -- --url postgres://…');
  await requestMirror(url);
  console.log('Requested. The next run of relayOutbox starts it.');
}
