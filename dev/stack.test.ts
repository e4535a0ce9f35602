import { Redis } from '@upstash/redis';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from './test-database.ts';
import setUp from './test-setup.ts';

const saved = { ...process.env };
let tearDown: () => Promise<void>;

beforeAll(async () => {
  tearDown = await setUp();
}, 30_000);
afterAll(async () => {
  await tearDown();
  process.env = saved;
});

const rows = async (url: string, text: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as unknown[];
  } finally {
    await client.end();
  }
};

describe('the set-up tests share', () => {
  it('gives every caller a migrated database of its own', async () => {
    const [one, two] = await Promise.all([freshDatabase(), freshDatabase()]);
    await rows(one.url, "INSERT INTO users (email, full_name) VALUES ('a@b.c', 'Ana')");
    expect(await rows(one.url, 'SELECT email FROM users')).toEqual([{ email: 'a@b.c' }]);
    expect(await rows(two.url, 'SELECT email FROM users')).toEqual([]);
    await Promise.all([one.drop(), two.drop()]);
    await expect(rows(one.url, 'SELECT 1')).rejects.toThrow(/does not exist/);
  });

  it('tells where Redis is, under the names the functions read', async () => {
    const redis = Redis.fromEnv();
    await redis.set('greeting', 'hola');
    expect(await redis.get('greeting')).toBe('hola');
  });
});
