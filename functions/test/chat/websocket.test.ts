import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Limits } from '../../src/entry/websocket/limits.ts';
import type { RunningServer, ServerDeps } from '../../src/entry/websocket/server.ts';
import { type Product, serveProduct, type User } from '../support/product.ts';
import { refusal } from '../support/socket.ts';
import { webSockets } from '../support/websocket-servers.ts';

let product: Product;
let deps: ServerDeps;
let ana: User;
let luis: User;
let projectId = 0;
let eventNumber = 0;
const sockets = webSockets();

beforeAll(async () => {
  product = await serveProduct();
  const { webSocketDeps } = await import('../../src/entry/wiring/websocket.ts');
  deps = await webSocketDeps();
  [ana, luis] = await Promise.all([product.signedIn('Ana Torres'), product.signedIn('Luis Gil')]);
  const token = ana.accessToken;
  const project = await product.http('POST', '/projects', { name: 'Web' }, { token });
  projectId = Number(project.body['id']);
  eventNumber = projectId * 1_000_000;
});

const serve = (limits: Partial<Limits> = {}, more: Partial<ServerDeps> = {}) =>
  sockets.serve({ ...deps, ...more }, limits);

const open = (server: RunningServer, token?: string, headers: Record<string, string> = {}) => {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return sockets.connect(server.url, { headers: { ...authorization, ...headers } });
};

const ready = async (server: RunningServer, user = ana, headers = {}) => {
  const peer = open(server, user.accessToken, headers);
  return { ...peer, start: await peer.hear('ready') };
};

/** What the function `pushEvents` does with a message of the topic. */
const happen = async (type: string, payload = {}, eventId = ++eventNumber) => {
  const { background } = await import('../../src/entry/wiring/background.ts');
  const occurredAt = new Date().toISOString();
  await background.pushEvents({ eventId, type, projectId, occurredAt, payload });
};

const message = (id: string, text = '¿cómo va el proyecto?') => ({
  type: 'message',
  id,
  text,
  projectId,
});

describe('opening', () => {
  it('takes our access token and a Firebase ID token in the header', async () => {
    const server = await serve();
    expect((await ready(server)).start).toMatchObject({ userId: ana.userId, resumed: false });
    const phone = open(server, ana.idToken);
    expect(await phone.hear('ready')).toMatchObject({ userId: ana.userId });
  });

  it('takes the token in the first frame, as browsers must', async () => {
    const server = await serve();
    const peer = open(server, undefined, { origin: deps.allowedOrigins[0] ?? '' });
    await new Promise(resolve => peer.socket.once('open', resolve));
    peer.say({ type: 'auth', token: ana.accessToken });
    expect(await peer.hear('ready')).toMatchObject({ userId: ana.userId });
  });

  it('refuses a bad token, a foreign origin, another path and a token in the URL by HTTP', async () => {
    const { url } = await serve();
    const bad = { headers: { authorization: 'Bearer x.y.z' } };
    expect(await refusal(url, bad)).toMatchObject([401, { code: 'unauthenticated' }]);
    const foreign = { headers: { origin: 'https://evil.example' } };
    expect(await refusal(url, foreign)).toMatchObject([403, { code: 'forbidden' }]);
    expect(await refusal(`${url}/more`)).toMatchObject([404, { code: 'not_found' }]);
    const named = await refusal(`${url}?access_token=${ana.accessToken}`);
    expect(named).toMatchObject([400, { code: 'validation_failed' }]);
  });

  it('closes on a bad token, on a message before any token, and on silence', async () => {
    const server = await serve({ authMs: 300 });
    const [bad, hasty, silent] = [open(server), open(server), open(server)];
    bad.socket.once('open', () => bad.say({ type: 'auth', token: 'x.y.z' }));
    hasty.socket.once('open', () => hasty.say(message('1')));
    expect(await bad.hear('error')).toMatchObject({ problem: { code: 'unauthenticated' } });
    expect(await hasty.hear('error')).toMatchObject({ problem: { code: 'unauthenticated' } });
    expect(await Promise.all([bad.closed, hasty.closed, silent.closed])).toEqual([
      4401, 4401, 4408,
    ]);
  });

  it('lets nobody in from an address that was shut out', async () => {
    const { Failure } = await import('../../src/platform/failure.ts');
    const server = await serve({}, { admit: () => Promise.reject(new Failure('forbidden')) });
    expect((await refusal(server.url))[0]).toBe(403);
  });

  it('answers liveness on the same port', async () => {
    const { port } = await serve();
    const answer = await fetch(`http://127.0.0.1:${port}/health/live`);
    expect(await answer.json()).toEqual({ status: 'ok', connections: 0 });
  });
});

describe('a conversation', () => {
  it('carries the object of POST /chat/message, and says first what was understood', async () => {
    const peer = await ready(await serve());
    peer.say(message('m1', 'crea una tarea para revisar el contrato, sin asignar, sin fecha'));
    const reply = await peer.hear('reply');
    expect(reply).toMatchObject({ id: 'm1', step: 'idle', reply: { text: expect.any(String) } });
    expect(reply.eventId).toMatch(/^\d+-\d+$/);
    expect(reply).not.toHaveProperty('for');
    const types = peer.frames.map(frame => frame.type);
    expect(types).toEqual(['ready', 'understood', 'acting', 'reply']);
    peer.say({ ...message('m2', 'márcala como hecha'), sessionId: String(reply['sessionId']) });
    expect(await peer.hear('reply', frame => frame.id === 'm2')).toMatchObject({
      sessionId: reply['sessionId'],
      actions: [{ task: { status: 'done' } }],
    });
  });

  it('answers failures as problem documents under the id of the message', async () => {
    const peer = await ready(await serve());
    peer.say({ ...message('m1'), projectId: 999_999_999 });
    peer.say({ ...message('m2'), unknown: true });
    const problem = (id: string) => peer.hear('error', frame => frame.id === id);
    expect(await problem('m1')).toMatchObject({ problem: { code: 'not_found', status: 404 } });
    expect(await problem('m2')).toMatchObject({ problem: { code: 'validation_failed' } });
  });

  it('does a message once, however often it is sent under one key', async () => {
    const peer = await ready(await serve());
    const same = { ...message('m1', 'crea una tarea para pagar la luz'), idempotencyKey: 'k-1' };
    peer.say(same);
    const first = await peer.hear('reply');
    peer.say({ ...same, id: 'm2' });
    const second = await peer.hear('reply', frame => frame.id === 'm2');
    expect(second['sessionId']).toBe(first['sessionId']);
  });

  it('shows an answer only to the device that asked', async () => {
    const server = await serve();
    const asking = await ready(server);
    const { accessTokens } = await import('../../src/entry/wiring/tokens.ts');
    const proof = { userId: ana.userId, sessionId: randomUUID(), authenticatedAt: 0 };
    const other = open(server, await (await accessTokens()).sign(proof));
    await other.hear('ready');
    asking.say(message('m1'));
    await asking.hear('reply');
    await wait(100);
    expect(other.frames.map(frame => frame.type)).toEqual(['ready']);
  });
});

describe('events', () => {
  it('reach the members of the project on every instance, and nobody else', async () => {
    const [one, two] = await Promise.all([serve(), serve()]);
    const here = await ready(one);
    const there = await ready(two);
    const stranger = await ready(two, luis);
    await wait(150);
    await happen('task.created', { taskId: 7, actorId: ana.userId, title: 'secreto' });
    const [first, second] = await Promise.all([here.hear('event'), there.hear('event')]);
    expect(first).toMatchObject({ name: 'task.created', projectId, taskId: 7 });
    expect(first).not.toHaveProperty('title');
    expect(second).toEqual(first);
    await wait(100);
    expect(stranger.frames).toHaveLength(1);
  });

  it('are told once, however often the message is delivered', async () => {
    const peer = await ready(await serve());
    const eventId = ++eventNumber;
    await happen('task.updated', { taskId: 1 }, eventId);
    await happen('task.updated', { taskId: 1 }, eventId);
    await happen('task.updated', { taskId: 2 });
    await peer.hear('event', frame => Number(frame['taskId']) === 2);
    expect(peer.frames.filter(frame => frame.type === 'event')).toHaveLength(2);
  });

  it('are withheld from who has left the project by the time of delivery', async () => {
    const server = await serve();
    const db = product.db;
    const row = { project_id: projectId, user_id: luis.userId, role: 'member' as const };
    await db.insertInto('project_members').values(row).execute();
    const start = (await ready(server, luis)).start;
    await happen('task.updated', { taskId: 3 });
    await db.deleteFrom('project_members').where('user_id', '=', luis.userId).execute();
    const back = await ready(server, luis, { 'last-event-id': start.eventId });
    expect(back.start).toMatchObject({ resumed: true });
    await wait(100);
    expect(back.frames.filter(frame => frame.type === 'event')).toEqual([]);
  });

  it('arrive without any subscription, by looking', async () => {
    const listen = () => ({ isLive: () => false, close: () => {} });
    const peer = await ready(await serve({ sweepMs: { told: 60_000, untold: 100 } }, { listen }));
    await happen('task.updated', { taskId: 9 });
    expect(await peer.hear('event')).toMatchObject({ taskId: 9 });
  });
});

describe('coming back', () => {
  it('delivers on another instance what was missed, in order, answers included', async () => {
    const [one, two] = await Promise.all([serve(), serve()]);
    const before = await ready(one);
    before.say(message('m1'));
    const last = await before.hear('reply');
    before.say(message('lost'));
    await before.hear('understood', frame => frame.id === 'lost');
    before.socket.terminate();
    await happen('task.created', { taskId: 11 });
    await happen('task.updated', { taskId: 12 });
    const after = await ready(two, ana, { 'last-event-id': last.eventId });
    expect(after.start).toMatchObject({ resumed: true, eventId: last.eventId });
    await after.hear('reply', frame => frame.id === 'lost');
    await after.hear('event', frame => Number(frame['taskId']) === 12);
    const ids = after.frames.slice(1).map(frame => frame.eventId);
    expect(after.frames).toHaveLength(4);
    expect(ids).toEqual(ids.toSorted());
  });

  it('says so when too much time has passed to know what was missed', async () => {
    const server = await serve();
    const peer = await ready(server, ana, { 'last-event-id': '1000-0' });
    expect(peer.start).toMatchObject({ resumed: false });
    expect(peer.frames).toHaveLength(1);
  });
});
