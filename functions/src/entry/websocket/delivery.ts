import type { FeedEntry } from '../../adapters/redis/event-feeds.ts';
import type { Outgoing } from './outgoing.ts';

export type Feeds = {
  append(userIds: number[], frame: Record<string, unknown>): Promise<void>;
  after(userId: number, eventId: string): Promise<{ entries: FeedEntry[]; more: boolean }>;
  reachesBackTo(userId: number, eventId: string): Promise<boolean>;
  newest(userId: number): Promise<string>;
  keep(userId: number): Promise<void>;
};

export type MayHear = (userId: number, frame: Record<string, unknown>) => Promise<boolean>;

type Person = { userId: number; sessionId: string };
type Parts = { feeds: Feeds; mayHear: MayHear; out: Outgoing };

/**
 * Passes a person's feed on to one connection, in order and without gaps: everything that has an event
 * id goes this way, so that the last id a client saw always tells what it is missing.
 */
export const delivery = (person: Person, { feeds, mayHear, out }: Parts) => {
  let cursor: string | undefined;
  let pulling: Promise<void> | undefined;
  let again = false;

  /** Where the feed is taken up, and whether nothing was lost on the way. */
  const begin = async (lastEventId: string | undefined) => {
    const resumed =
      lastEventId !== undefined && (await feeds.reachesBackTo(person.userId, lastEventId));
    cursor = resumed ? lastEventId : await feeds.newest(person.userId);
    return { resumed, eventId: cursor };
  };

  const pass = async ({ eventId, frame }: FeedEntry): Promise<boolean> => {
    const { for: session, type, ...rest } = frame;
    // An answer belongs to the device that asked, also after it has come back.
    const foreign = session !== undefined && session !== person.sessionId;
    const heard = type !== 'start' && !foreign && (await mayHear(person.userId, frame));
    // The feed is the buffer: nothing more is taken from it than the peer's network takes from us.
    if (heard && !(await out.room())) return false;
    cursor = eventId;
    return !heard || out.send({ ...rest, type: String(type), eventId });
  };

  const pullOnce = async (): Promise<void> => {
    if (cursor === undefined) return;
    const page = await feeds.after(person.userId, cursor);
    for (const entry of page.entries) if (!(await pass(entry))) return;
    if (page.more) await pullOnce();
  };

  const pullAll = async (): Promise<void> => {
    do {
      again = false;
      await pullOnce();
    } while (again);
  };

  /** Passes on what is new. A call while one runs makes that one look once more. */
  const pull = (): Promise<void> => {
    again = true;
    pulling ??= pullAll().finally(() => {
      pulling = undefined;
    });
    return pulling;
  };

  return { begin, pull };
};

export type Delivery = ReturnType<typeof delivery>;
