import { accessSync, constants } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Child, startChild, untilReady } from './child.ts';
import { loopback, type Part } from './part.ts';
import { freePort } from './ports.ts';

export type RedisKind = 'native' | 'js';

export type RedisOptions = {
  port?: number;
  /** Where `redis-server` keeps its data between runs; the JavaScript one forgets them anyway. */
  dataDir?: string;
  kind?: RedisKind;
  log?: string;
};

export type Redis = Part & { kind: RedisKind };

/** `redis-server` when it is installed, js-redis-server otherwise; PMBOT_REDIS=js|native decides. */
export const startRedis = async (options: RedisOptions = {}): Promise<Redis> => {
  const port = options.port ?? (await freePort());
  const kind = options.kind ?? chosenKind();
  const child = kind === 'native' ? await startNative(port, options) : startJs(port, options);
  await untilReady('Redis', child, () => ping(port));
  return { kind, port, url: `redis://${loopback}:${port}`, exited: child.exited, stop: child.stop };
};

export const chosenKind = (): RedisKind => {
  const forced = process.env.PMBOT_REDIS;
  if (forced === 'js' || forced === 'native') return forced;
  return onPath('redis-server') ? 'native' : 'js';
};

export const onPath = (program: string, path = process.env.PATH): boolean =>
  (path ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const startNative = async (port: number, options: RedisOptions): Promise<Child> => {
  const kept = options.dataDir
    ? ['--dir', options.dataDir, '--save', '30 1']
    : ['--save', '', '--dir', tmpdir()];
  if (options.dataDir) await mkdir(options.dataDir, { recursive: true });
  return startChild({
    command: 'redis-server',
    args: ['--port', String(port), '--bind', loopback, '--appendonly', 'no', ...kept],
    ...logOf(options),
  });
};

const startJs = (port: number, options: RedisOptions): Child => {
  const main = createRequire(import.meta.url).resolve('js-redis-server');
  const preload = join(import.meta.dirname, 'loopback-only.ts');
  const program = join(dirname(main), 'cli.js');
  return startChild({
    command: process.execPath,
    args: ['--import', preload, program, '--single', '--port', String(port)],
    // It waits for its clients to leave before it ends.
    patienceMs: 500,
    ...logOf(options),
  });
};

const logOf = ({ log }: RedisOptions) => (log ? { log } : {});

const ping = (port: number) =>
  new Promise<void>((resolve, reject) => {
    const socket = connect(port, loopback, () => socket.write('PING\r\n'));
    socket.setTimeout(1_000, () => socket.destroy(new Error('no answer')));
    socket.once('error', reject).once('data', data => {
      socket.destroy();
      if (data.toString().startsWith('+PONG')) resolve();
      else reject(new Error(data.toString()));
    });
  });
