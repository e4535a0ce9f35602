import { join } from 'node:path';
import { environment, project } from './environment.ts';
import { type Firestore, startFirestore } from './firestore.ts';
import { googleFirestore, googlePubSub } from './google-emulators.ts';
import { type MailCatcher, startMailCatcher } from './mail-catcher.ts';
import type { Part } from './part.ts';
import { freePort } from './ports.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { type PubSubServer, startPubSub } from './pubsub/server.ts';
import { type Redis, type RedisKind, startRedis } from './redis.ts';
import { startRedisBridge } from './redis-bridge.ts';
import { keptSecrets, newSecrets, type Secrets } from './secrets.ts';
import { startStorage, storageKeyId } from './storage.ts';
import { keepRunning, type Running, type Trouble } from './supervisor.ts';

const portNames = [
  'postgres',
  'redis',
  'redisRest',
  'smtp',
  'mail',
  'firestore',
  'pubsub',
  'storage',
] as const;
export type StackPorts = Record<(typeof portNames)[number], number>;

export type StackOptions = {
  /** Missing ones are free ports. */
  ports?: Partial<StackPorts>;
  /** Kept between runs; without it everything is thrown away at the end. */
  dataDir?: string;
  /** Folder with one log per piece. */
  logDir?: string;
  redis?: RedisKind;
  firestore?: 'hidane' | 'js';
  /** Leaves Firestore and Pub/Sub to Google's emulators, which firebase-tools starts. */
  google?: boolean;
  gatewayUrl?: string;
  onReady?: (name: string, milliseconds: number) => void;
  /** Told when a piece died and when it is back; without it nothing is restarted. */
  onTrouble?: (trouble: Trouble) => void;
};

export type Services = {
  postgres: Postgres;
  redis: Redis;
  bridge: Part;
  mail: MailCatcher;
  firestore: Firestore;
  pubsub: PubSubServer;
  storage: Part;
};

export type Stack = { env: Record<string, string>; services: Services; stop: () => Promise<void> };

export type Plan = { ports: StackPorts; secrets: Secrets; env: Record<string, string> };

/** Ports, secrets and with them the environment, before anything runs. */
export const planStack = async ({ dataDir, ports, gatewayUrl }: StackOptions): Promise<Plan> => {
  const secrets = dataDir ? await keptSecrets(join(dataDir, 'secrets.json')) : newSecrets();
  const all = await allPorts(ports);
  const env = environment(all, secrets, gatewayUrl);
  return { ports: all, secrets, env };
};

/** Everything PM-Bot talks to, without the Firebase suite. */
export const startStack = async (options: StackOptions = {}, planned?: Plan): Promise<Stack> => {
  const plan = planned ?? (await planStack(options));
  const { env } = plan;
  const starters = startersOf(options, plan);
  const running: Running<Part>[] = [];
  const stop = async () => {
    await Promise.all(running.map(one => one.stop()));
  };
  const run = async <P extends Part>(name: string, start: () => Promise<P>): Promise<P> => {
    const from = performance.now();
    const kept = await keepRunning(name, start, options.onTrouble);
    running.push(kept);
    options.onReady?.(name, performance.now() - from);
    return kept.first;
  };
  const pieces = {
    postgres: run('PostgreSQL', starters.postgres),
    redis: run('Redis', starters.redis),
    bridge: run('Redis REST', starters.bridge),
    mail: run('Mail', starters.mail),
    firestore: run('Firestore', starters.firestore),
    pubsub: run('Pub/Sub', starters.pubsub),
    storage: run('Storage', starters.storage),
  };
  await Promise.allSettled(Object.values(pieces));
  try {
    const services = await allOf(pieces);
    return { services, stop, env };
  } catch (error) {
    await stop();
    throw error;
  }
};

const startersOf = (options: StackOptions, { ports, secrets, env }: Plan) => {
  const { dataDir, logDir, redis, firestore } = options;
  const kept = (folder: string) => (dataDir ? { dataDir: join(dataDir, folder) } : {});
  const log = (name: string) => (logDir ? { log: join(logDir, `${name}.log`) } : {});
  const redisUrl = `redis://127.0.0.1:${ports.redis}`;
  return {
    postgres: () =>
      startPostgres({ port: ports.postgres, ...kept('postgres'), ...log('postgres') }),
    redis: () =>
      startRedis({
        port: ports.redis,
        ...kept('redis'),
        ...log('redis'),
        ...(redis ? { kind: redis } : {}),
      }),
    bridge: () =>
      startRedisBridge({
        port: ports.redisRest,
        redisUrl,
        token: secrets.UPSTASH_REDIS_REST_TOKEN,
      }),
    mail: () => startMailCatcher({ port: ports.mail, smtpPort: ports.smtp }),
    firestore: () => {
      if (options.google) return googleFirestore(ports.firestore);
      return startFirestore({
        port: ports.firestore,
        project,
        ...log('firestore'),
        ...(firestore ? { kind: firestore } : {}),
      });
    },
    pubsub: () =>
      options.google ? googlePubSub(ports.pubsub) : startPubSub({ port: ports.pubsub }),
    storage: () =>
      startStorage({
        port: ports.storage,
        key: { id: storageKeyId, secret: secrets.STORAGE_KEY_SECRET },
        origins: (env.ALLOWED_ORIGINS ?? '').split(','),
        ...kept('storage'),
      }),
  };
};

const allPorts = async (given: Partial<StackPorts> = {}): Promise<StackPorts> => {
  const pairs = portNames.map(async name => [name, given[name] ?? (await freePort())] as const);
  return Object.fromEntries(await Promise.all(pairs)) as StackPorts;
};

const allOf = async (
  pieces: { [K in keyof Services]: Promise<Services[K]> },
): Promise<Services> => ({
  postgres: await pieces.postgres,
  redis: await pieces.redis,
  bridge: await pieces.bridge,
  mail: await pieces.mail,
  firestore: await pieces.firestore,
  pubsub: await pieces.pubsub,
  storage: await pieces.storage,
});
