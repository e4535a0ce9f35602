import { Ratelimit } from '@upstash/ratelimit';
import { Redis } from '@upstash/redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Part } from './part.ts';
import { freePort } from './ports.ts';
import { onPath, type RedisKind, startRedis } from './redis.ts';
import { startRedisBridge } from './redis-bridge.ts';

const token = 'secret-of-the-bridge';
const kinds: RedisKind[] = onPath('redis-server') ? ['native', 'js'] : ['js'];

describe.each(kinds)("upstash's own client through the bridge, %s Redis", kind => {
  let server: Part;
  let bridge: Part;
  let redis: Redis;

  beforeAll(async () => {
    server = await startRedis({ kind });
    bridge = await startRedisBridge({ redisUrl: server.url, token });
    redis = new Redis({ url: bridge.url, token, retry: { retries: 0 } });
  });
  afterAll(async () => {
    await bridge.stop();
    await server.stop();
  });

  it('keeps strings, JSON and bytes beyond ASCII, with their lifetime', async () => {
    expect(await redis.set('text', 'mañana ✅', { ex: 60 })).toBe('OK');
    expect(await redis.get('text')).toBe('mañana ✅');
    expect(await redis.ttl('text')).toBeGreaterThan(50);
    await redis.set('json', { step: 'idle', list: [1, { deep: 'ñ' }], none: null });
    expect(await redis.get('json')).toEqual({ step: 'idle', list: [1, { deep: 'ñ' }], none: null });
    expect(await redis.get('nothing')).toBeNull();
    expect(await redis.set('json', 1, { nx: true })).toBeNull();
    expect(await redis.getdel('text')).toBe('mañana ✅');
  });

  it('answers hashes as objects', async () => {
    await redis.hset('hash', { name: 'Ana', count: 3 });
    expect(await redis.hgetall('hash')).toEqual({ name: 'Ana', count: 3 });
    expect(await redis.hget('hash', 'name')).toBe('Ana');
    expect(await redis.hgetall('none')).toBeNull();
  });

  it('handles sets, sorted sets and lists', async () => {
    await redis.sadd('set', 'a', 'b');
    expect((await redis.smembers('set')).toSorted()).toEqual(['a', 'b']);
    await redis.zadd('zset', { score: 2, member: 'two' }, { score: 1, member: 'one' });
    expect(await redis.zrange('zset', 0, -1, { withScores: true })).toEqual(['one', 1, 'two', 2]);
    await redis.rpush('list', 'x', 'y', 'OK');
    expect(await redis.lrange('list', 0, -1)).toEqual(['x', 'y', 'OK']);
    expect(await redis.ltrim('list', 1, 1)).toBe('OK');
  });

  it('runs scripts, by text and by hash, and forgives the header only Upstash knows', async () => {
    const script = '#!lua flags=allow-key-locking\nreturn redis.call("INCRBY", KEYS[1], ARGV[1])';
    expect(await redis.eval(script, ['counter'], [2])).toBe(2);
    const stored = redis.createScript<number>(script);
    expect(await stored.exec(['counter'], ['3'])).toBe(5);
    expect(await stored.evalsha(['counter'], ['1'])).toBe(6);
    expect(await redis.eval('return {"a", {"b", 1}}', [], [])).toEqual(['a', ['b', 1]]);
    await expect(redis.evalsha('0'.repeat(40), [], [])).rejects.toThrow(/NOSCRIPT/);
  });

  it('pipelines, and reports a failure inside only for its own command', async () => {
    const results = await redis.pipeline().set('p', 1).incr('p').get('p').exec();
    expect(results).toEqual(['OK', 2, 2]);
    const mixed = await redis.pipeline().lpush('p', 1).get('p').exec({ keepErrors: true });
    expect(mixed[0]?.error).toMatch(/WRONGTYPE/);
    expect(mixed[1]?.result).toBe(2);
  });

  it('runs a transaction as a whole', async () => {
    expect(
      await redis.multi().set('m', 'á').incr('n').hset('h', { f: 1 }).hgetall('h').exec(),
    ).toEqual(['OK', 1, 1, { f: 1 }]);
    const refused = redis.multi().set('m', 1).exec();
    const other = redis.incr('n');
    expect(await Promise.all([refused, other])).toEqual([['OK'], 2]);
  });

  it('gathers calls made at once into one request', async () => {
    const gathering = new Redis({ url: bridge.url, token, enableAutoPipelining: true });
    await gathering.set('auto', 1);
    expect(
      await Promise.all([gathering.incr('auto'), gathering.get('text'), gathering.incr('auto')]),
    ).toEqual([2, null, 3]);
  });

  it('counts requests with @upstash/ratelimit', async () => {
    for (const limiter of [
      Ratelimit.slidingWindow(2, '10 s'),
      Ratelimit.fixedWindow(2, '10 s'),
      Ratelimit.tokenBucket(2, '10 s', 2),
    ]) {
      const limit = new Ratelimit({
        redis,
        limiter,
        prefix: `limit-${Math.random()}`,
        ephemeralCache: false,
      });
      const answers = [
        await limit.limit('ana'),
        await limit.limit('ana'),
        await limit.limit('ana'),
      ];
      expect(answers.map(answer => answer.success)).toEqual([true, true, false]);
      expect((await limit.limit('luis')).success).toBe(true);
    }
  });

  it('answers commands in the path and refuses what it cannot read', async () => {
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(`${bridge.url}${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
    expect(await (await ask('/set/path/v%C3%A1lor?EX=100')).json()).toEqual({ result: 'OK' });
    expect(await (await ask('/get/path')).json()).toEqual({ result: 'válor' });
    expect(await (await ask('/nonsense')).json()).toEqual({ error: expect.stringMatching(/^ERR/) });
    expect((await ask('/', { method: 'POST', body: '{' })).status).toBe(400);
    expect((await ask('/pipeline', { method: 'POST', body: '{}' })).status).toBe(400);
  });

  it('streams a channel to who subscribes, as the client of Upstash expects', async () => {
    const subscriber = redis.subscribe<string>('news');
    const heard: unknown[] = [];
    subscriber.on('message', ({ message }) => heard.push(message));
    await new Promise<void>(resolve => subscriber.on('subscribe', () => resolve()));
    await redis.publish('news', 'mañana, dos');
    await expect.poll(() => heard).toEqual(['mañana, dos']);
    await subscriber.unsubscribe();
    await expect.poll(() => redis.publish('news', 'nobody')).toBe(0);
  });

  it('lets nobody in without the token', async () => {
    const stranger = new Redis({ url: bridge.url, token: 'wrong', retry: { retries: 0 } });
    await expect(stranger.get('text')).rejects.toThrow(/Unauthorized/);
  });
});

it.each(kinds)('says 503 while the %s Redis is away and recovers with it', async kind => {
  const port = await freePort();
  const bridge = await startRedisBridge({ redisUrl: `redis://127.0.0.1:${port}`, token });
  const ask = () =>
    fetch(bridge.url, {
      method: 'POST',
      body: '["PING"]',
      headers: { authorization: `Bearer ${token}` },
    });
  expect((await ask()).status).toBe(503);
  for (const round of [1, 2]) {
    const server = await startRedis({ kind, port });
    await expect.poll(async () => (await ask()).status, { timeout: 5_000 }).toBe(200);
    await server.stop();
    const away = await ask();
    expect([round, away.status, await away.json()]).toEqual([
      round,
      503,
      { error: 'Redis is not reachable' },
    ]);
  }
  await bridge.stop();
});
