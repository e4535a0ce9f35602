import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { startChild, untilReady } from './child.ts';
import { loopback, type Part } from './part.ts';
import { freePort } from './ports.ts';
import { type Account, dataFolder, serverAccount, serverBinaries } from './postgres-files.ts';

const run = promisify(execFile);
const user = 'pmbot';
const database = 'pmbot';

export type PostgresOptions = {
  port?: number;
  /** Kept between runs. Without it the data live in a temporary folder that `stop` removes. */
  dataDir?: string;
  log?: string;
};

export type Postgres = Part & { urlOf: (database: string) => string };

export const databaseUrl = (port: number, name = database): string =>
  `postgres://${user}:${user}@${loopback}:${port}/${name}`;

/** Starts a real PostgreSQL with the empty database `pmbot`; `url` leads to it. */
export const startPostgres = async (options: PostgresOptions = {}): Promise<Postgres> => {
  const port = options.port ?? (await freePort());
  const account = await serverAccount();
  const wanted = options.dataDir ?? join(tmpdir(), `pm-bot-postgres-${randomUUID()}`);
  const folder = await dataFolder(wanted, account);
  const { initdb, postgres } = await serverBinaries(account);
  await endLeftover(folder);
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(initdb, folder, account);
  const child = startChild({
    command: postgres,
    args: ['-D', folder, '-p', String(port), ...settings(options.dataDir !== undefined)],
    env: { ...process.env, LC_MESSAGES: 'C' },
    // Fast shutdown: clients are cut off, data are written.
    stopSignal: 'SIGINT',
    ...account,
    ...(options.log ? { log: options.log } : {}),
  });
  const urlOf = (name: string) => databaseUrl(port, name);
  await untilReady('PostgreSQL', child, () => createDatabase(urlOf('postgres')));
  const stop = async () => {
    await child.stop();
    if (options.dataDir === undefined) await rm(folder, { recursive: true, force: true });
  };
  return { port, url: databaseUrl(port), urlOf, exited: child.exited, stop };
};

/** Throw-away servers skip what only protects data against a crash of the machine. */
const settings = (kept: boolean): string[] => {
  const common = [
    `listen_addresses=${loopback}`,
    'unix_socket_directories=',
    'timezone=UTC',
    'shared_preload_libraries=pg_stat_statements',
    'max_connections=200',
  ];
  const careless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  return [...common, ...(kept ? [] : careless)].flatMap(setting => ['-c', setting]);
};

const initialise = async (initdb: string, folder: string, account: Account): Promise<void> => {
  // Code point order and Unicode rules from the server itself: the same on every machine. The
  // character class of the C library still decides what pg_trgm takes for a letter.
  const letters = process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8';
  const locale = ['--locale=C', `--lc-ctype=${letters}`, '--locale-provider=builtin'];
  const rest = ['--builtin-locale=C.UTF-8', '--encoding=UTF8', '--auth=trust', '--no-sync'];
  const args = [`--pgdata=${folder}`, `--username=${user}`, ...locale, ...rest];
  await run(initdb, args, { cwd: tmpdir(), ...account });
};

const createDatabase = async (adminUrl: string): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [
      database,
    ]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  } finally {
    await client.end();
  }
};

/** A stack killed outright can leave a server on the same data, or a pid file naming a stranger. */
const endLeftover = async (folder: string): Promise<void> => {
  const file = join(folder, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid) return;
  if (!(await isServerOn(pid, folder))) return rm(file, { force: true });
  process.kill(pid, 'SIGINT');
  for (let tries = 0; existsSync(file) && tries < 100; tries++) await wait(100);
};

const isServerOn = (pid: number, folder: string): Promise<boolean> =>
  run('ps', ['-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.includes(folder),
    () => false,
  );
