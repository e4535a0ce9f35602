import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Firestore } from '@google-cloud/firestore';
import { type Message, PubSub, type Subscription } from '@google-cloud/pubsub';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenHere } from '../../dev/ports.ts';
import { domainEvent } from '../src/entry/event.ts';
import { type Product, serveProduct, type User } from './support/product.ts';

let product: Product;
let ana: User;
let projectId = 0;
let blackHole: Server;
let blackHolePort = 0;
let subscription: Subscription;
const deliveries: number[] = [];
const sockets: Socket[] = [];
const project = process.env['GCLOUD_PROJECT'] ?? '';
const pubsub = new PubSub({ projectId: project });
const firestore = new Firestore({ projectId: project });

beforeAll(async () => {
  product = await serveProduct();
  const { background } = await import('../src/entry/wiring/background.ts');
  const topic = pubsub.topic('task-events');
  if (!(await topic.exists())[0]) await topic.create();
  [subscription] = await topic.createSubscription(`crash-${Date.now()}`, {
    enableMessageOrdering: true,
  });
  ana = await product.signedIn('Ana Torres');
  const created = await product.http(
    'POST',
    '/projects',
    { name: 'Caídas' },
    { token: ana.accessToken },
  );
  projectId = Number(created.body['id']);
  subscription.on('message', (message: Message) => {
    const event = domainEvent.parse(JSON.parse(message.data.toString()));
    // Test files share Pub/Sub: events of other databases are not ours.
    if (event.projectId !== projectId) return message.ack();
    deliveries.push(event.eventId);
    background.mirrorEvent(event).then(
      () => message.ack(),
      () => message.nack(),
    );
  });
  blackHole = createServer(socket => sockets.push(socket));
  blackHolePort = await listenHere(blackHole);
});

afterAll(async () => {
  await subscription.delete();
  await pubsub.close();
  for (const socket of sockets) socket.destroy();
  blackHole.close();
});

/** A functions process whose Pub/Sub accepts connections and never answers. */
const startStuckProcess = async (): Promise<{ child: ChildProcess; url: string }> => {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'support/bare-server.ts'), 'api.projects'],
    {
      env: { ...process.env, PUBSUB_EMULATOR_HOST: `127.0.0.1:${blackHolePort}` },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const own = /^port (\d+)$/.exec(line)?.[1];
    if (own) return { child, url: `http://127.0.0.1:${own}` };
  }
  throw new Error('the process ended before it listened');
};

const eventually = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  for (let tries = 0; tries < 200; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('it never happened');
};

const eventOf = (taskId: number) =>
  product.db
    .selectFrom('outbox')
    .select(['id', 'published_at'])
    .where('type', '=', 'task.created')
    .where(sql<number>`(payload->>'taskId')::bigint`, '=', taskId)
    .executeTakeFirstOrThrow();

const relay = async () => {
  // As if the relay's patience with younger events had passed.
  await product.db
    .updateTable('outbox')
    .set({ occurred_at: sql`now() - interval '1 minute'` })
    .where('published_at', 'is', null)
    .execute();
  const { background } = await import('../src/entry/wiring/background.ts');
  await background.relayOutbox();
};

const document = (taskId: number) => firestore.doc(`projects/${projectId}/tasks/${taskId}`).get();

describe('a functions process that is killed between commit and publish', () => {
  it('loses no event, and a second publication doubles none in the mirror', async () => {
    const { child, url } = await startStuckProcess();
    const request = fetch(`${url}/projects/${projectId}/tasks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ana.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Sobrevive a la caída' }),
    }).catch(() => undefined);
    const taskId = await eventually(async () => {
      const rows = product.db.selectFrom('tasks').select('id').where('project_id', '=', projectId);
      return (await rows.executeTakeFirst())?.id;
    });
    child.kill('SIGKILL');
    await request;

    const { id: eventId, published_at } = await eventOf(taskId);
    expect(published_at).toBeNull();
    expect((await document(taskId)).exists).toBe(false);

    await relay();
    const mirrored = await eventually(async () => {
      const found = await document(taskId);
      return found.exists ? found : undefined;
    });
    expect(mirrored.data()).toMatchObject({ title: 'Sobrevive a la caída', version: 1 });
    expect((await eventOf(taskId)).published_at).not.toBeNull();

    // Killed after publishing but before marking: the event goes out once more.
    await product.db
      .updateTable('outbox')
      .set({ published_at: null })
      .where('id', '=', eventId)
      .execute();
    await relay();
    await eventually(async () =>
      deliveries.filter(id => id === eventId).length === 2 ? true : undefined,
    );
    await new Promise(resolve => setTimeout(resolve, 300));
    const after = await document(taskId);
    expect(after.updateTime?.isEqual(mirrored.updateTime as never)).toBe(true);
    const consumed = product.db.selectFrom('consumed_events').select('consumer');
    expect(
      await consumed.where('event_id', '=', eventId).where('consumer', '=', 'mirror').execute(),
    ).toHaveLength(1);
  });
});
