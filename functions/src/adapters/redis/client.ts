import type { Redis } from '@upstash/redis';

/** Connects to Redis over Upstash's REST protocol; nothing is sent before the first command. */
export const openRedis = async (url: string, token: string): Promise<Redis> => {
  const [{ Redis }, { upstashRequester }] = await Promise.all([
    import('@upstash/redis'),
    import('./requester.ts'),
  ]);
  return new Redis(upstashRequester(url, token));
};
