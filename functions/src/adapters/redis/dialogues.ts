import type { Redis } from '@upstash/redis';

const pageSize = 500;

/** What Redis holds of one person's talks: warm conversations and the feed of their connections. All of it goes within the hour anyway. */
export const dialogues = (redis: () => Promise<Redis>) => ({
  forget: async (userId: number): Promise<void> => {
    const store = await redis();
    await store.del(`feed:${userId}`, `sockets:${userId}`);
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
