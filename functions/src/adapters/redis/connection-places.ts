import type { Redis } from '@upstash/redis';

/** A place is given up when its instance has not spoken for it so long: some three heartbeats. */
const placeMs = 100_000;

const enter = `
redis.call('zremrangebyscore', KEYS[1], '-inf', ARGV[1])
if redis.call('zcard', KEYS[1]) >= tonumber(ARGV[4]) then return 0 end
redis.call('zadd', KEYS[1], ARGV[2], ARGV[3])
redis.call('pexpire', KEYS[1], ARGV[5])
return 1`;

/** Open connections of each person over all instances, so that the limit is one for all of them. */
export const connectionPlaces = (redis: () => Promise<Redis>) => ({
  /** Takes a place; false when all of the person's places are taken. */
  enter: async (userId: number, connection: string, limit: number): Promise<boolean> => {
    const now = Date.now();
    const args = [now, now + placeMs, connection, limit, placeMs].map(String);
    return (await (await redis()).eval(enter, [keyOf(userId)], args)) === 1;
  },

  /** Renews a place, also one that Redis has forgotten. */
  keep: async (userId: number, connection: string): Promise<void> => {
    const client = await redis();
    await Promise.all([
      client.zadd(keyOf(userId), { score: Date.now() + placeMs, member: connection }),
      client.pexpire(keyOf(userId), placeMs),
    ]);
  },

  leave: async (userId: number, connection: string): Promise<void> => {
    await (await redis()).zrem(keyOf(userId), connection);
  },

  forget: async (userId: number): Promise<void> => {
    await (await redis()).del(keyOf(userId));
  },
});

const keyOf = (userId: number): string => `sockets:${userId}`;
