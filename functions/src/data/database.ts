import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import { Pool, type PoolClient, type PoolConfig, types } from 'pg';
import { Failure } from '../platform/failure.ts';
import { log } from '../platform/log.ts';
import { metrics, observe } from '../platform/metrics.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

const bigint = 20;
const date = 1082;
const timestamptz = 1184;
const numeric = 1700;

const parsers = new Map<number, (text: string) => unknown>([
  [bigint, Number],
  [numeric, Number],
  [date, text => text],
  // The session's time zone is UTC, so every instant ends in "+00".
  [timestamptz, text => `${text.slice(0, 10)}T${text.slice(11, -3)}Z`],
]);

const builtIn = types.getTypeParser as (oid: number, format: 'text' | 'binary') => unknown;

const typeParsers = {
  getTypeParser: (oid: number, format: 'text' | 'binary' = 'text') =>
    parsers.get(oid) ?? builtIn(oid, format),
};

/** Opens a pool. `config` says where: a connection string, or what the Cloud SQL connector returns. */
export const openDatabase = (config: PoolConfig): Database => {
  const pool = new Pool({
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    // Statements of one connection are sent without waiting for the one before (see BEGIN below).
    pipeline: true,
    // A socket that died silently is noticed by the next request instead of hanging it.
    keepAlive: true,
    options:
      '-c timezone=UTC -c statement_timeout=10s -c lock_timeout=4s -c idle_in_transaction_session_timeout=15s -c pg_trgm.word_similarity_threshold=0.4',
    types: typeParsers,
    ...config,
  });
  pool.on('error', error => log.warn('database.connection_lost', { error: error.name }));
  // The pool listens only while a connection is idle; one cut between two statements of a transaction
  // would otherwise end the process. The next statement on it fails and says so.
  pool.on('connect', client => client.on('error', () => undefined));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: namedStatements(pool) }) });
};

/** Opens Cloud SQL with IAM authentication: no password exists anywhere. */
export const openCloudSql = async (
  instance: string,
  user: string,
  database: string,
  poolSize: number,
): Promise<Database> => {
  const { AuthTypes, Connector, IpAddressTypes } = await import(
    '@google-cloud/cloud-sql-connector'
  );
  const connection = await new Connector().getOptions({
    instanceConnectionName: instance,
    authType: AuthTypes.IAM,
    ipType: IpAddressTypes.PRIVATE,
  });
  return openDatabase({ ...connection, user, database, max: poolSize });
};

// Enough for every statement we write; variable lists beyond it go unnamed rather than fill the server.
const statementLimit = 400;
const statementNames = new Map<string, string>();

const nameOf = (text: string): string | undefined => {
  const known = statementNames.get(text);
  if (known || statementNames.size >= statementLimit) return known;
  const name = createHash('sha1').update(text).digest('base64url');
  statementNames.set(text, name);
  return name;
};

/**
 * What kysely gets instead of pg's pool. Names each statement, so that PostgreSQL plans it once per
 * connection, and lets BEGIN travel with the first statement of its transaction.
 */
const namedStatements = (pool: Pool): PostgresPool => ({
  options: pool.options,
  connect: async () => {
    const asked = performance.now();
    const client = await reachable(pool.connect());
    observe(metrics.poolWait, (performance.now() - asked) / 1_000);
    observe(metrics.poolInUse, pool.totalCount - pool.idleCount);
    const send = (text: string, values: unknown[]) =>
      client.query({ text, values, ...nameFor(text, values) });
    let beginning = false;
    const query = (text: string, values: unknown[]) => {
      const first = beginning;
      beginning = text === 'begin';
      if (beginning || (first && (text === 'commit' || text === 'rollback'))) return nothingDone;
      if (!first) return reachable(send(text, values));
      const both = Promise.all([client.query('begin'), send(text, values)]);
      return reachable(both.then(([, result]) => result));
    };
    return { query, release: client.release.bind(client) } as unknown as PoolClient;
  },
  end: () => pool.end(),
});

const nothingDone = Promise.resolve({ rows: [] });

const nameFor = (text: string, values: unknown[]) => {
  const name = values.length > 0 ? nameOf(text) : undefined;
  return name ? { name } : {};
};

// Connection failures (08), operator intervention (57), too many connections (53), lock timeout (55P03).
const awaySqlState = /^(?:08|57|53|55P03)/;
const awayMessage = /connect|timeout|terminated|not queryable/i;

const isAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (/^[0-9A-Z]{5}$/.test(code)) return awaySqlState.test(code);
  return /^E[A-Z]+$/.test(code) || awayMessage.test(error.message);
};

const reachable = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (isAway(error)) throw new Failure('unavailable', { retryAfter: 2, cause: error });
    throw error;
  }
};

/** SQL state of a database error, if it is one: `23505` is a unique violation. */
export const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

// Of two who want one unique value at once the second sees, when it looks again, who has it.
const retryable = new Set(['40001', '40P01', '23505']);

/** Runs `work` in a transaction, again when it lost a race: a deadlock, a serialization, a unique value. */
export const inTransaction = async <T>(
  db: Database,
  work: (trx: Database) => Promise<T>,
  attempts = 3,
): Promise<T> => {
  if (db.isTransaction) return work(db);
  try {
    return await db.transaction().execute(work);
  } catch (error) {
    if (attempts <= 1 || !retryable.has(sqlStateOf(error) ?? '')) throw error;
    return inTransaction(db, work, attempts - 1);
  }
};
