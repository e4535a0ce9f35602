import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from '@upstash/redis';
import type { HeldSession } from '../../domain/conversation.ts';

const sessionSeconds = 3_600;
/** Longer than any turn takes: a process that died holds nobody up for long. */
const lockMs = 15_000;
const patienceMs = 3_000;
const retryMs = 40;
const pageSize = 500;

/** Saves the session and lets go of the lock, but only while the lock is still ours. */
const saveAndRelease = `
if redis.call('get', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[2], 'EX', ARGV[3])
redis.call('del', KEYS[2])
return 1`;

const release = `
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
return 0`;

/** State of conversations while they go on, one holder at a time. */
export const chatSessions = (redis: () => Promise<Redis>) => ({
  /** Waits for its turn; nothing when another request keeps the conversation too long. */
  hold: async (userId: number, id: string): Promise<HeldSession | undefined> => {
    const client = await redis();
    const key = keyOf(userId, id);
    const token = randomUUID();
    const until = Date.now() + patienceMs;
    let held = await attempt(client, key, token);
    while (!held && Date.now() < until) {
      await pause(retryMs);
      held = await attempt(client, key, token);
    }
    if (!held) return undefined;
    return {
      stored: held.stored,
      save: async state => {
        const args = [token, JSON.stringify(state), String(sessionSeconds)];
        await client.eval(saveAndRelease, [key, `lock:${key}`], args);
      },
      release: async () => {
        await client.eval(release, [`lock:${key}`], [token]);
      },
    };
  },

  /** A conversation that nobody else can know of yet. */
  begin: (userId: number, id: string): HeldSession => ({
    stored: null,
    save: async state => {
      await (await redis()).set(keyOf(userId, id), state, { ex: sessionSeconds });
    },
    release: async () => undefined,
  }),

  forget: async (userId: number, id: string): Promise<void> => {
    await (await redis()).del(keyOf(userId, id));
  },

  /** Forgets every conversation of a person. */
  forgetAll: async (userId: number): Promise<void> => {
    const client = await redis();
    for await (const keys of pagesOf(client, keyOf(userId, '*'))) await client.del(...keys);
  },
});

const keyOf = (userId: number, id: string): string => `session:${userId}:${id}`;

const attempt = async (client: Redis, key: string, token: string) => {
  const [locked, stored] = await client
    .pipeline()
    .set(`lock:${key}`, token, { nx: true, px: lockMs })
    .get<unknown>(key)
    .exec<[string | null, unknown]>();
  return locked === null ? undefined : { stored };
};

async function* pagesOf(client: Redis, match: string): AsyncGenerator<string[]> {
  let cursor = '0';
  do {
    const [next, keys] = await client.scan(cursor, { match, count: pageSize });
    if (keys.length > 0) yield keys;
    cursor = next;
  } while (cursor !== '0');
}
