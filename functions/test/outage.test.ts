import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../../dev/postgres.ts';
import { type Redis, startRedis } from '../../dev/redis.ts';
import { startRedisBridge } from '../../dev/redis-bridge.ts';
import { migrate } from '../src/data/migrate.ts';
import { type Answer, type Product, serveProduct, type User } from './support/product.ts';

let folder = '';
let postgres: Postgres;
let redis: Redis;
let bridge: { url: string; stop(): Promise<void> };
let product: Product;
let ana: User;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outage-'));
  [postgres, redis] = await Promise.all([
    startPostgres({ dataDir: join(folder, 'postgres') }),
    startRedis(),
  ]);
  bridge = await startRedisBridge({ redisUrl: redis.url, token: 'outage' });
  await migrate(postgres.url);
  product = await serveProduct({
    DATABASE_URL: postgres.url,
    UPSTASH_REDIS_REST_URL: bridge.url,
    UPSTASH_REDIS_REST_TOKEN: 'outage',
  });
  ana = await product.signedIn('Ana Torres');
});

afterAll(async () => {
  await bridge.stop();
  await Promise.all([redis.stop(), postgres.stop()]);
  await rm(folder, { recursive: true, force: true });
});

const projects = () => product.http('GET', '/projects', undefined, { token: ana.accessToken });
const signIn = () =>
  product.http('POST', '/auth/login', { email: 'nadie@example.com', password: 'una frase larga' });
const health = () => product.http('GET', '/health');

const patienceMs = 10_000;

const untilAnswered = async (ask: () => Promise<Answer>, status: number): Promise<Answer> => {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer.status === status || Date.now() > deadline) return answer;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
};

const unavailable = {
  status: 503,
  body: { code: 'unavailable', title: expect.stringContaining('no está disponible') },
};

describe('while PostgreSQL is away', () => {
  it('answers 503 with Retry-After and recovers by itself', async () => {
    expect((await projects()).status).toBe(200);
    await postgres.stop();
    const answer = await projects();
    expect(answer).toMatchObject(unavailable);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await health()).toMatchObject({ status: 503, body: { status: 'down' } });
    expect((await product.http('GET', '/health/live')).status).toBe(200);
    postgres = await startPostgres({ dataDir: join(folder, 'postgres'), port: postgres.port });
    expect((await untilAnswered(projects, 200)).status).toBe(200);
    expect((await untilAnswered(health, 200)).status).toBe(200);
  });
});

describe('while Redis is away', () => {
  it('refuses to let anybody guess passwords, goes on otherwise, and recovers by itself', async () => {
    expect((await signIn()).status).toBe(401);
    await redis.stop();
    expect(await signIn()).toMatchObject(unavailable);
    expect((await projects()).status).toBe(200);
    expect((await health()).status).toBe(503);
    redis = await startRedis({ port: redis.port });
    expect((await untilAnswered(signIn, 401)).status).toBe(401);
    expect((await untilAnswered(health, 200)).status).toBe(200);
  });
});
