import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chosenKind, type Redis, startRedis } from '../../../dev/redis.ts';
import { startRedisBridge } from '../../../dev/redis-bridge.ts';
import { type Running, startProgram } from '../support/process.ts';
import { type Product, serveProduct, type User } from '../support/product.ts';
import { connect, type Peer } from '../support/socket.ts';

// Two server processes share PostgreSQL and a Redis of their own, which is restarted under them.
let folder = '';
let redis: Redis;
let bridge: { url: string; stop(): Promise<void> };
let product: Product;
let ana: User;
let projectId = 0;
let eventNumber = 0;
const instances: Running[] = [];
const peers: Peer[] = [];
/** The JavaScript Redis forgets everything when it ends, as does one that is not asked to save. */
const keeps = chosenKind() === 'native';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sockets-'));
  redis = await startRedis({ dataDir: folder });
  bridge = await startRedisBridge({ redisUrl: redis.url, token: 'sockets' });
  product = await serveProduct({
    UPSTASH_REDIS_REST_URL: bridge.url,
    UPSTASH_REDIS_REST_TOKEN: 'sockets',
  });
  ana = await product.signedIn('Ana Torres');
  const token = ana.accessToken;
  projectId = Number(
    (await product.http('POST', '/projects', { name: 'Web' }, { token })).body['id'],
  );
  eventNumber = projectId * 1_000_000;
  instances.push(...(await Promise.all([1, 2].map(() => startProgram('websocket-program.ts')))));
});

afterAll(async () => {
  for (const peer of peers) peer.socket.terminate();
  for (const { child } of instances) child.kill('SIGKILL');
  await bridge.stop();
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

const open = async (instance: number, lastEventId?: string): Promise<Peer> => {
  const url = `${instances[instance]?.url.replace('http', 'ws')}/chat/ws`;
  const resuming = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const headers = { authorization: `Bearer ${ana.accessToken}`, ...resuming };
  const peer = connect(url, { headers });
  peers.push(peer);
  return peer;
};

/** What the function `pushEvents` does, again until it succeeds, as Pub/Sub has it. */
const happen = async (name: string): Promise<void> => {
  const { background } = await import('../../src/entry/wiring/background.ts');
  const occurredAt = new Date().toISOString();
  const event = { eventId: ++eventNumber, type: name, projectId, occurredAt, payload: {} };
  for (let tries = 0; ; tries++)
    try {
      await background.pushEvents(event);
      return;
    } catch (error) {
      if (tries > 40) throw error;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
};

/** Until then clients are told to come back later (1013), which is not what is tried here. */
const reachable = async (): Promise<void> => {
  const { redis: client } = await import('../../src/entry/wiring/connections.ts');
  for (let tries = 0; tries < 100; tries++) {
    const answer = await (await client()).ping().catch(() => undefined);
    if (answer === 'PONG') return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
};

const restartRedis = async (dataDir: string | undefined): Promise<void> => {
  await redis.stop();
  redis = await startRedis({ port: redis.port, ...(dataDir && { dataDir }) });
  await reachable();
};

const heard = (peer: Peer): string[] =>
  peer.frames.filter(({ type }) => type === 'event').map(({ name }) => String(name));

const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `task.step${from + index}`);

describe('two instances and a Redis that restarts', () => {
  it.runIf(keeps)('go on where the other ended: nothing lost, nothing repeated', async () => {
    const first = await open(0);
    await first.hear('ready');
    for (const name of names(1, 3)) await happen(name);
    const last = await first.hear('event', frame => frame.name === 'task.step3');
    first.socket.terminate();
    for (const name of names(4, 5)) await happen(name);
    await restartRedis(folder);
    for (const name of names(6, 7)) await happen(name);
    const second = await open(1, last.eventId);
    expect(await second.hear('ready')).toMatchObject({ resumed: true });
    await second.hear('event', frame => frame.name === 'task.step7');
    // Live, through Redis, although the subscription broke with the restart.
    await happen('task.step8');
    await second.hear('event', frame => frame.name === 'task.step8');
    expect(heard(first)).toEqual(names(1, 3));
    expect(heard(second)).toEqual(names(4, 8));
    second.socket.terminate();
  });

  it('say so when Redis has forgotten what was missed, and go on with what is new', async () => {
    const first = await open(0);
    const { eventId } = await first.hear('ready');
    first.socket.terminate();
    await happen('task.missed');
    await restartRedis(undefined);
    const second = await open(1, eventId);
    expect(await second.hear('ready')).toMatchObject({ resumed: false });
    await happen('task.later');
    await second.hear('event', frame => frame.name === 'task.later');
    expect(heard(second)).toEqual(['task.later']);
    second.socket.terminate();
  });

  it('carry a conversation on, from one to the other', async () => {
    const [first, second] = [await open(0), await open(1)];
    await Promise.all([first.hear('ready'), second.hear('ready')]);
    first.say({ type: 'message', id: 'm1', text: 'quiero crear una tarea', projectId });
    const { sessionId } = await first.hear('reply');
    await restartRedis(undefined);
    second.say({
      type: 'message',
      id: 'm2',
      text: 'revisar las cuentas',
      sessionId: String(sessionId),
    });
    expect(await second.hear('reply', frame => frame.id === 'm2')).toMatchObject({
      step: 'awaiting_assignee',
    });
    for (const peer of [first, second]) peer.socket.terminate();
  });

  it('count the connections of one person together', async () => {
    await new Promise(resolve => setTimeout(resolve, 200));
    const ten = [];
    for (let index = 0; index < 10; index++) ten.push(await open(index % 2));
    await Promise.all(ten.map(peer => peer.hear('ready')));
    const refused = await Promise.all([0, 1].map(async instance => (await open(instance)).closed));
    expect(refused).toEqual([4429, 4429]);
    ten[0]?.socket.close();
    await ten[0]?.closed;
    await new Promise(resolve => setTimeout(resolve, 200));
    await (await open(1)).hear('ready');
  });
});
