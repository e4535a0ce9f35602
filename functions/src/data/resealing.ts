import { sql } from 'kysely';
import type { FieldCipher } from '../domain/field-cipher.ts';
import { type Database, inTransaction } from './database.ts';
import { invitedEmail, invitedEmailDigests } from './invitations.ts';
import { tokenEmail } from './one-time-tokens.ts';
import { asPrivacyJob } from './privacy-job.ts';
import { factorSecret } from './second-factors.ts';
import { eventPlace } from './security-events.ts';
import { sessionAddress, sessionDevice } from './sessions.ts';
import { webhookSecret } from './webhooks.ts';

type Row = Record<string, string>;

/** A column of sealed values: which rows it belongs to and what was bound into each value. */
type SealedColumn = {
  table: string;
  column: string;
  /** Columns that the rows are numbered and ordered by. */
  key: string[];
  /** Further columns that the place is named with. */
  also?: string[];
  place(row: Row): string;
  /** What else changes with the key. */
  digest?: { column: string; of(cipher: FieldCipher, plain: string): Buffer | undefined };
};

/** Everything that is sealed for longer than retention of the outbox; a new sealed column belongs here. */
const sealedColumns: SealedColumn[] = [
  { table: 'sessions', column: 'device', key: ['id'], place: row => sessionDevice(of(row, 'id')) },
  {
    table: 'sessions',
    column: 'address',
    key: ['id'],
    place: row => sessionAddress(of(row, 'id')),
  },
  ...['address', 'device'].map(column => ({
    table: 'security_events',
    column,
    key: ['id'],
    also: ['request_id'],
    place: (row: Row) => eventPlace(of(row, 'request_id')),
  })),
  ...['secret', 'pending_secret'].map(column => ({
    table: 'second_factors',
    column,
    key: ['user_id'],
    place: (row: Row) => factorSecret(Number(row['user_id'])),
  })),
  {
    table: 'one_time_tokens',
    column: 'email',
    key: ['user_id', 'purpose'],
    place: row => tokenEmail(Number(row['user_id']), of(row, 'purpose')),
  },
  {
    table: 'webhooks',
    column: 'secret',
    key: ['id'],
    also: ['project_id'],
    place: row => webhookSecret(Number(row['project_id'])),
  },
  {
    table: 'invitations',
    column: 'email',
    key: ['id'],
    place: row => invitedEmail(Number(row['id'])),
    digest: {
      column: 'email_digest',
      of: (cipher, plain) => invitedEmailDigests(cipher, plain)[0],
    },
  },
];

const of = (row: Row, column: string): string => row[column] ?? '';

const batchSize = 500;

export type Resealed = { table: string; column: string; resealed: number; unreadable: number };

/**
 * Seals every value anew that is not under the current key, and those that were never sealed. Goes in
 * batches, each a transaction: it may be stopped at any time, run beside the product, and run again.
 */
export const resealAll = async (
  db: Database,
  cipher: FieldCipher,
  report: (done: Resealed) => void,
): Promise<void> => {
  for (const column of sealedColumns) {
    const done = { table: column.table, column: column.column, resealed: 0, unreadable: 0 };
    let last: Row | undefined;
    do {
      const after = last;
      last = await inTransaction(db, trx => resealBatch(trx, cipher, column, done, after));
    } while (last);
    report(done);
  }
};

/** Answers the last row that it looked at; nothing at the end of the table. */
const resealBatch = async (
  trx: Database,
  cipher: FieldCipher,
  column: SealedColumn,
  done: Resealed,
  after: Row | undefined,
): Promise<Row | undefined> => {
  await asPrivacyJob(trx);
  const key = sql.join(column.key.map(name => sql.ref(name)));
  const { rows } = await sql<Row>`
    SELECT ${sql.join([...column.key, ...(column.also ?? [])].map(name => sql`${sql.ref(name)}::text`))},
      ${sql.ref(column.column)} AS sealed, ctid::text AS at
    FROM ${sql.table(column.table)}
    WHERE ${sql.ref(column.column)} IS NOT NULL
      ${after ? sql`AND (${key}) > (${sql.join(column.key.map(name => after[name]))})` : sql``}
    ORDER BY ${key} LIMIT ${batchSize} FOR UPDATE`.execute(trx);
  const outdated = rows.filter(row => !cipher.isCurrent(of(row, 'sealed')));
  const changes = outdated.flatMap(row => changeOf(cipher, column, row) ?? []);
  done.resealed += changes.length;
  done.unreadable += outdated.length - changes.length;
  if (changes.length > 0) await write(trx, column, changes);
  return rows.length < batchSize ? undefined : rows.at(-1);
};

type Change = { at: string; sealed: string; digest: Buffer | undefined };

const changeOf = (cipher: FieldCipher, column: SealedColumn, row: Row): Change | undefined => {
  const place = column.place(row);
  const plain = opened(cipher, place, of(row, 'sealed'));
  if (plain === undefined) return undefined;
  const digest = column.digest?.of(cipher, plain);
  return { at: of(row, 'at'), sealed: cipher.seal(place, plain), digest };
};

/** Rows are found by where they stand: they are locked, so they stay there. */
const write = async (trx: Database, column: SealedColumn, changes: Change[]): Promise<void> => {
  const digests = changes.map(change => change.digest ?? null);
  await sql`
    UPDATE ${sql.table(column.table)} AS stored
    SET ${sql.ref(column.column)} = changed.sealed
      ${column.digest ? sql`, ${sql.ref(column.digest.column)} = changed.digest` : sql``}
    FROM unnest(${changes.map(({ at }) => at)}::tid[], ${changes.map(({ sealed }) => sealed)}::text[],
      ${digests}::bytea[]) AS changed(at, sealed, digest)
    WHERE stored.ctid = changed.at`.execute(trx);
};

/** Nothing sealed contains an at sign: such an address is of before addresses were sealed. */
const opened = (cipher: FieldCipher, place: string, sealed: string): string | undefined => {
  if (sealed.includes('@')) return sealed;
  try {
    return cipher.open(place, sealed);
  } catch {
    return undefined;
  }
};
