import type { Redis } from '@upstash/redis';
import { openRedis } from '../../adapters/redis/client.ts';
import { projectCache as makeProjectCache } from '../../adapters/redis/project-cache.ts';
import type { Database } from '../../data/database.ts';
import { config } from '../../platform/config.ts';
import { once } from '../../platform/once.ts';

/** One pool per instance; pool size times the most instances stays below the server's limit. */
export const database = once(async (): Promise<Database> => {
  const { openCloudSql, openDatabase } = await import('../../data/database.ts');
  const { DATABASE_URL, INSTANCE_CONNECTION_NAME, DB_USER, DB_NAME, DB_POOL_SIZE } = config();
  if (DATABASE_URL) return openDatabase({ connectionString: DATABASE_URL, max: DB_POOL_SIZE });
  if (!INSTANCE_CONNECTION_NAME || !DB_USER || !DB_NAME)
    throw new Error('Set DATABASE_URL, or INSTANCE_CONNECTION_NAME with DB_USER and DB_NAME');
  return openCloudSql(INSTANCE_CONNECTION_NAME, DB_USER, DB_NAME, DB_POOL_SIZE);
});

export const redis = once((): Promise<Redis> => {
  const { UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } = config();
  return openRedis(UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN);
});

/** What is computed from projects, kept in Redis. */
export const projectCache = makeProjectCache(() => redis());

export const clock = (): Date => new Date();
