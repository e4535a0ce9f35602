import { randomUUID } from 'node:crypto';
import type { Redis } from '@upstash/redis';
import { log } from '../../platform/log.ts';
import { count, metrics } from '../../platform/metrics.ts';

type Entry = { stamp: string; value: unknown };
type Computed<T> = { value: T; cached: boolean };
type Place = { redis: Redis; key: string; stamp: string };

/** Longest time that anything computed is served; writes end it much earlier. */
const entrySeconds = 60;
/** Outlives every entry that could carry it. */
const stampSeconds = 3_600;
const lockMs = 3_000;
const pollMs = 25;
const polls = 40;

const stampKey = (projectId: number) => `project:${projectId}:stamp`;

/**
 * What is computed from a project's data. Every write gives the project a new stamp, and an entry counts
 * only under the stamp that was read before it was computed: a slow reader can never bring back old data.
 */
export const projectCache = (connect: () => Promise<Redis>) => {
  const flights = new Map<string, Promise<unknown>>();

  const shared = async <T>(place: Place, compute: () => Promise<T>): Promise<T> => {
    const key = `${place.key}@${place.stamp}`;
    const flight = flights.get(key) ?? fill(place, compute);
    flights.set(key, flight);
    try {
      return (await flight) as T;
    } finally {
      flights.delete(key);
    }
  };

  return {
    /** The value of that name for a project, computed by one caller at a time when there is none. */
    remember: async <T>(
      projectId: number,
      name: string,
      compute: () => Promise<T>,
    ): Promise<Computed<T>> => {
      const found = await look(connect, projectId, name);
      if (!found) return { value: await compute(), cached: false };
      if (found.entry) {
        count(metrics.cacheRequests, ['hit']);
        return { value: found.entry.value as T, cached: true };
      }
      count(metrics.cacheRequests, ['miss']);
      return { value: await shared(found.place, compute), cached: false };
    },

    /** Ends everything remembered of these projects. */
    forget: async (projectIds: number[]): Promise<void> => {
      const redis = await connect();
      const options = { ex: stampSeconds };
      await Promise.all(
        projectIds.map(projectId => redis.set(stampKey(projectId), randomUUID(), options)),
      );
    },
  };
};

/** Nothing when Redis cannot be asked. */
const look = async (connect: () => Promise<Redis>, projectId: number, name: string) => {
  const key = `project:${projectId}:${name}`;
  try {
    const redis = await connect();
    const [stamp, entry] = await redis.mget<[string | null, Entry | null]>(
      stampKey(projectId),
      key,
    );
    const place: Place = { redis, key, stamp: stamp ?? '' };
    return { place, entry: entry?.stamp === place.stamp ? entry : undefined };
  } catch (error) {
    log.error('cache.unavailable', error, { projectId });
    return undefined;
  }
};

/** Computes unless another instance is at it, in which case its result is awaited for a while. */
const fill = async <T>(place: Place, compute: () => Promise<T>): Promise<T> => {
  const { redis, key, stamp } = place;
  const lock = `${key}:lock:${stamp}`;
  const locked = (await redis.set(lock, 1, { nx: true, px: lockMs })) !== null;
  const theirs = locked ? undefined : await awaited(place);
  if (theirs) return theirs.value as T;
  try {
    const value = await compute();
    await redis.set(key, { stamp, value }, { ex: entrySeconds });
    return value;
  } finally {
    if (locked) await redis.del(lock);
  }
};

const awaited = async ({ redis, key, stamp }: Place): Promise<Entry | undefined> => {
  for (let poll = 0; poll < polls; poll++) {
    await new Promise(resolve => setTimeout(resolve, pollMs));
    const entry = await redis.get<Entry>(key);
    if (entry?.stamp === stamp) return entry;
  }
  return undefined;
};
