import type { Redis } from '@upstash/redis';

/** What is kept of a person's feed: enough for a lost connection, not a second history. */
const keptEntries = 500;
const keptSeconds = 3_600;
/** People served by one script call: Redis does nothing else meanwhile. */
const batchSize = 200;
const pageSize = 100;

/** Tells every instance whose feed has something new; the feed itself says what. */
export const feedChannel = 'feeds';

const append = `
local id = ''
for _, key in ipairs(KEYS) do
  id = redis.call('xadd', key, 'MAXLEN', '~', ARGV[2], '*', 'f', ARGV[1])
  redis.call('expire', key, ARGV[3])
end
redis.call('publish', ARGV[4], ARGV[5])
return id`;

export type FeedEntry = { eventId: string; frame: Record<string, unknown> };

type RawEntries = Record<string, Record<string, unknown>> | null;

/** What a person's connections are told, in order, for as long as a lost connection may take to return. */
export const eventFeeds = (redis: () => Promise<Redis>) => ({
  /** Adds a frame to the feeds of these people. */
  append: async (userIds: number[], frame: Record<string, unknown>): Promise<void> => {
    const client = await redis();
    const text = JSON.stringify(frame);
    for (let from = 0; from < userIds.length; from += batchSize) {
      const batch = userIds.slice(from, from + batchSize);
      const args = [text, keptEntries, keptSeconds, feedChannel, batch.join(' ')].map(String);
      await client.eval(append, batch.map(keyOf), args);
    }
  },

  /** The entries that follow `eventId`, oldest first, and whether there are more. */
  after: async (
    userId: number,
    eventId: string,
  ): Promise<{ entries: FeedEntry[]; more: boolean }> => {
    const found = await (await redis()).xrange(keyOf(userId), `(${eventId}`, '+', pageSize);
    const entries = entriesOf(found);
    return { entries, more: entries.length === pageSize };
  },

  /** Whether nothing between `eventId` and the present can have been dropped. */
  reachesBackTo: async (userId: number, eventId: string): Promise<boolean> => {
    const found = await (await redis()).xrange(keyOf(userId), eventId, eventId, 1);
    return entriesOf(found).length > 0;
  },

  /** The id of the newest entry; an empty feed gets a first one, so that there is an id to return to. */
  newest: async (userId: number): Promise<string> => {
    const client = await redis();
    const found = await client.xrevrange(keyOf(userId), '+', '-', 1);
    const [last] = entriesOf(found);
    if (last) return last.eventId;
    const args = ['{"type":"start"}', keptEntries, keptSeconds, feedChannel, ''].map(String);
    return client.eval<string[], string>(append, [keyOf(userId)], args);
  },

  /** Keeps the feed of somebody who is connected but hears nothing. */
  keep: async (userId: number): Promise<void> => {
    await (await redis()).expire(keyOf(userId), keptSeconds);
  },

  forget: async (userId: number): Promise<void> => {
    await (await redis()).del(keyOf(userId));
  },
});

const keyOf = (userId: number): string => `feed:${userId}`;

const entriesOf = (found: RawEntries): FeedEntry[] =>
  Object.entries(found ?? {}).map(([eventId, { f }]) => ({
    eventId,
    frame: (typeof f === 'string' ? JSON.parse(f) : f) as Record<string, unknown>,
  }));
