import { sql } from 'kysely';
import { firestoreMirror } from '../../adapters/mirror/firestore-mirror.ts';
import type { Database } from '../../data/database.ts';
import { config } from '../../platform/config.ts';
import { clock, redis } from './connections.ts';

/** What the product needs to know of itself. */
export const systemArea = (db: Database) => ({
  clock,
  checks: [
    { name: 'database', essential: true, ping: () => sql`SELECT 1`.execute(db) },
    { name: 'redis', essential: true, ping: async () => (await redis()).ping() },
    { name: 'firestore', essential: false, ping: firestoreMirror.ping },
    {
      name: 'pubsub',
      essential: false,
      ping: async () => (await import('../../adapters/pubsub/publisher.ts')).pingPubSub(),
    },
  ],
  openApi: async () => {
    const [{ operationLists }, { openApiDocument }] = await Promise.all([
      import('../operation-lists.ts'),
      import('../openapi/document.ts'),
    ]);
    return openApiDocument(await operationLists(), config().PUBLIC_URL);
  },
});
