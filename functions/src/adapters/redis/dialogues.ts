import type { Redis } from '@upstash/redis';

const pageSize = 500;

/** Conversations of one person that are still warm; all of them go within the hour anyway. */
export const dialogues = (redis: () => Promise<Redis>) => ({
  forget: async (userId: number): Promise<void> => {
    const store = await redis();
    let cursor = '0';
    do {
      const [next, keys] = await store.scan(cursor, {
        match: `session:${userId}:*`,
        count: pageSize,
      });
      if (keys.length > 0) await store.del(...keys);
      cursor = next;
    } while (cursor !== '0');
  },
});
