import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { Firestore } from '@google-cloud/firestore';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listenHere } from '../../../dev/ports.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { serveAlone, signedInAccount } from '../support/account.ts';
import type { Product } from '../support/product.ts';

// Identity Toolkit's REST interface, as far as erasing asks for it: accounts:batchDelete.
let broken = true;
const deleted: string[] = [];
const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body = await text(request);
  if (broken || !request.url?.includes('accounts:batchDelete')) {
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { code: 400, message: 'INTERNAL' } }));
    return;
  }
  deleted.push(...(JSON.parse(body) as { localIds: string[] }).localIds);
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
};
const toolkit = createServer((request, response) => void answer(request, response));

let product: Product;
const firestore = new Firestore({ projectId: process.env['GCLOUD_PROJECT'] ?? '' });

beforeAll(async () => {
  const port = await listenHere(toolkit);
  product = await serveAlone({ FIREBASE_AUTH_EMULATOR_HOST: `127.0.0.1:${port}` });
});
afterAll(async () => {
  toolkit.close();
  toolkit.closeAllConnections();
  await firestore.terminate();
});

it('follows an erasure into Firestore, Redis and Firebase, and takes it up again where it stopped', async () => {
  const { userId, accessToken: token } = await signedInAccount(product);
  const { redis } = await import('../../src/entry/wiring/connections.ts');
  const store = await redis();
  const documents = [
    firestore.doc(`users/${userId}`),
    firestore.doc(`users/${userId}/notifications/1`),
  ];
  for (const document of documents) await document.set({ text: 'algo personal' });
  const keys = [`session:${userId}:abc`, `feed:${userId}`, `sockets:${userId}`];
  await store.set(keys[0] ?? '', '{"messages":[]}');
  await store.xadd(keys[1] ?? '', '*', { f: '{"type":"task.created"}' });
  await store.zadd(keys[2] ?? '', { score: 1, member: 'connection' });

  const erased = await product.http('DELETE', '/auth/me', undefined, { token });
  expect(erased.status).toBe(204);
  const { id, payload, occurred_at } = await product.db
    .selectFrom('outbox')
    .select(['id', 'payload', 'occurred_at'])
    .where('type', '=', 'account.erased')
    .executeTakeFirstOrThrow();
  const { background } = await import('../../src/entry/wiring/background.ts');
  const deliver = () =>
    background.mirrorAccount({
      eventId: id,
      type: 'account.erased',
      projectId: null,
      occurredAt: occurred_at,
      payload: payload as DomainEvent['payload'],
    });

  await expect(deliver()).rejects.toThrow(/internal/i);
  broken = false;
  await deliver();
  expect(deleted).toEqual([String(userId)]);
  for (const document of documents) expect((await document.get()).exists).toBe(false);
  expect(await store.exists(...keys)).toBe(0);
  const named = await store.keys(`*:${userId}*`);
  expect(named.filter(key => !/^(?:attempts|rate|session-ended)/.test(key))).toEqual([]);
});
