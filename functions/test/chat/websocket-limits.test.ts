import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Limits, standardLimits } from '../../src/entry/websocket/limits.ts';
import type { ServerDeps } from '../../src/entry/websocket/server.ts';
import { type Product, serveProduct, type User } from '../support/product.ts';
import { type Peer, refusal } from '../support/socket.ts';
import { webSockets } from '../support/websocket-servers.ts';

let product: Product;
let deps: ServerDeps;
let ana: User;
const sockets = webSockets();

beforeAll(async () => {
  product = await serveProduct();
  const { webSocketDeps } = await import('../../src/entry/wiring/websocket.ts');
  deps = await webSocketDeps();
  ana = await product.signedIn('Ana Torres');
});

const serve = (limits: Partial<Limits> = {}, more: Partial<ServerDeps> = {}) =>
  sockets.serve({ ...deps, ...more }, limits);

const bearer = (user: User) => ({ headers: { authorization: `Bearer ${user.accessToken}` } });

const ready = async (url: string, user = ana, options = {}): Promise<Peer> => {
  const peer = sockets.connect(url, { ...bearer(user), ...options });
  await peer.hear('ready');
  return peer;
};

describe('hostile frames', () => {
  it.each([
    ['broken JSON', '{"type":'],
    ['a prototype', '{"type":"message","id":"1","text":"hola","__proto__":{"isAdmin":true}}'],
    ['a prototype deeper', '{"type":"message","id":"1","text":{"__proto__":{"x":1}}}'],
    [
      'deep nesting',
      `{"type":"message","id":"1","text":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
    ],
    ['binary data', Buffer.from('{"type":"ping"}')],
    ['broken UTF-8 in binary', Buffer.from([0xff, 0xfe, 0x00])],
    ['no object', '7'],
    ['an unknown type', '{"type":"constructor"}'],
    ['an id that is none', '{"type":"message","id":{"$ne":1},"text":"hola"}'],
    ['a person of their choice', '{"type":"ping","userId":1}'],
    ['nothing', ''],
  ])('answers %s with an error and goes on', async (_name, frame) => {
    const peer = await ready((await serve()).url);
    peer.say(frame);
    const { problem } = await peer.hear('error');
    expect(problem).toMatchObject({ status: expect.any(Number), requestId: expect.any(String) });
    expect((problem as unknown as { status: number }).status).toBeLessThan(500);
    peer.say({ type: 'ping', id: 'still-here' });
    expect(await peer.hear('pong')).toEqual({ type: 'pong', id: 'still-here' });
  });

  it('closes on a frame beyond the limit without reading it, and serves the others', async () => {
    const server = await serve();
    const [greedy, other] = [await ready(server.url), await ready(server.url)];
    greedy.say(`"${'x'.repeat(standardLimits.frameBytes)}"`);
    expect(await greedy.closed).toBe(1009);
    other.say({ type: 'ping' });
    await other.hear('pong');
  });

  it('survives broken WebSocket framing', async () => {
    const server = await serve();
    const peer = await ready(server.url);
    const raw = Reflect.get(peer.socket, '_socket') as { write(bytes: Buffer): void };
    raw.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x00]));
    expect(await peer.closed).toBe(1002);
    expect((await ready(server.url)).frames).toHaveLength(1);
  });
});

describe('limits', () => {
  it('hold the connections of a person, a network and an instance', async () => {
    const personal = await serve({ connectionsPerPerson: 1 });
    await ready(personal.url);
    const second = sockets.connect(personal.url, bearer(ana));
    expect(await second.hear('error')).toMatchObject({ problem: { code: 'rate_limited' } });
    expect(await second.closed).toBe(4429);
    const network = await serve({ connectionsPerNetwork: 1 });
    await ready(network.url);
    expect(await refusal(network.url, bearer(ana))).toMatchObject([429, {}]);
    const instance = await serve({ connections: 1 });
    await ready(instance.url);
    expect(await refusal(instance.url, bearer(ana))).toMatchObject([503, {}]);
  });

  it('give a place back when its connection ends', async () => {
    const server = await serve({ connectionsPerPerson: 1, connections: 1 });
    for (let round = 0; round < 3; round++) {
      const peer = await ready(server.url);
      peer.socket.close();
      await peer.closed;
      await expect.poll(server.connections).toBe(0);
    }
  });

  it('slow a flood of frames down and end it when it goes on', async () => {
    const peer = await ready((await serve({ frameBurst: 5, framesPerSecond: 1 })).url);
    for (let count = 0; count < 20; count++) peer.say({ type: 'ping' });
    expect(await peer.hear('error')).toMatchObject({ problem: { code: 'rate_limited' } });
    expect(await peer.closed).toBe(1008);
    expect(peer.frames.filter(frame => frame.type === 'pong').length).toBeLessThan(7);
  });

  it('stop reading from a peer whose messages wait, and answer all of them in order', async () => {
    let most = 0;
    let now = 0;
    const converse = async (_visitor: unknown, _who: unknown, input: unknown) => {
      most = Math.max(most, ++now);
      await wait(20);
      now--;
      return { said: input };
    };
    const peer = await ready((await serve({ waitingMessages: 2 }, { converse })).url);
    const ids = Array.from({ length: 12 }, (_, index) => `m${index}`);
    for (const id of ids) peer.say({ type: 'message', id, text: 'hola' });
    await peer.hear('reply', frame => frame.id === 'm11');
    const replies = peer.frames.filter(frame => frame.type === 'reply');
    expect(replies.map(frame => frame.id)).toEqual(ids);
    expect(most).toBe(1);
  });
});

describe('a peer that does not keep up', () => {
  it('is let go when it reads nothing, and finds everything when it comes back', async () => {
    const server = await serve({ unsentBytes: 100_000, drainMs: 300, frameBurst: 1_000 });
    const peer = await ready(server.url);
    const { eventId } = await peer.hear('ready');
    peer.socket.pause();
    // More than the buffers of both kernels hold, so that it must wait with us.
    const filler = 'x'.repeat(60_000);
    for (let count = 0; count < 300; count++)
      await deps.feeds.append([ana.userId], { type: 'filler', count, filler });
    await expect.poll(server.connections, { timeout: 8_000 }).toBe(0);
    const options = { ...bearer(ana).headers, 'last-event-id': eventId };
    const back = await ready(server.url, ana, { headers: options });
    await back.hear('filler', frame => Number(frame['count']) === 299);
    const counts = back.frames.slice(1).map(frame => Number(frame['count']));
    expect(counts).toEqual(Array.from({ length: 300 }, (_, index) => index));
  });

  it('is let go when it leaves a ping unanswered; one that answers stays', async () => {
    const server = await serve({ heartbeatMs: 150 });
    const alive = await ready(server.url);
    const dead = await ready(server.url, ana, { autoPong: false });
    await dead.closed;
    await wait(500);
    expect(alive.socket.readyState).toBe(alive.socket.OPEN);
    expect(server.connections()).toBe(1);
  });
});

describe('a session that ends while connected', () => {
  it('is cut off at the next heartbeat', async () => {
    const person = await product.signedIn('Se Va');
    const peer = await ready((await serve({ heartbeatMs: 100 })).url, person);
    await product.http('POST', '/auth/logout', {}, { token: person.accessToken });
    expect(await peer.hear('error')).toMatchObject({ problem: { code: 'unauthenticated' } });
    expect(await peer.closed).toBe(4401);
  });

  it('is cut off at the next message', async () => {
    const person = await product.signedIn('Se Fue');
    const peer = await ready((await serve()).url, person);
    await product.http('POST', '/auth/logout', {}, { token: person.accessToken });
    peer.say({ type: 'message', id: 'm1', text: 'hola' });
    expect(await peer.hear('error')).toMatchObject({ id: 'm1' });
    expect(await peer.closed).toBe(4401);
    expect(peer.frames.some(frame => frame.type === 'reply')).toBe(false);
  });

  it('stays one person: another token on an open connection is refused', async () => {
    const peer = await ready((await serve()).url);
    peer.say({ type: 'auth', token: (await product.signedIn('Otra')).accessToken });
    expect(await peer.closed).toBe(4401);
  });
});

describe('the program', () => {
  it('answers what is under way, says good-bye and ends when told to stop', async () => {
    const program = join(import.meta.dirname, '../../src/websocket-server.ts');
    const env = { ...process.env, PORT: '0', HOST: '127.0.0.1' };
    const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const port = await new Promise<number>(resolve =>
        createInterface({ input: child.stdout }).on('line', line => {
          const entry = JSON.parse(line) as { message: string; port: number };
          if (entry.message === 'ws.listening') resolve(entry.port);
        }),
      );
      const peer = await ready(`ws://127.0.0.1:${port}/chat/ws`);
      peer.say({ type: 'message', id: 'm1', text: 'hola' });
      await peer.hear('understood');
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await peer.hear('reply');
      expect(await peer.closed).toBe(1001);
      expect((await exited)[0]).toBe(0);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
