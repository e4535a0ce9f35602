import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { person, testDatabase } from '../../test/support/database.ts';
import { Failure } from '../platform/failure.ts';
import { inTransaction, openDatabase } from './database.ts';

const { db, url } = await testDatabase();

describe('database', () => {
  it('reads ids and numbers as numbers, dates as text and instants as ISO 8601 in UTC', async () => {
    const { rows } = await sql<Record<string, unknown>>`SELECT 1::bigint AS id,
      2.5::numeric AS points, '2026-03-01'::date AS day,
      '2026-03-01 10:00:00.5-05'::timestamptz AS at`.execute(db);
    expect(rows).toEqual([{ id: 1, points: 2.5, day: '2026-03-01', at: '2026-03-01T15:00:00.5Z' }]);
  });

  it('recovers when the server ends its connections', async () => {
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await sql`SELECT 1`.execute(db);
    await admin.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await admin.end();
    await new Promise(resolve => setTimeout(resolve, 100));
    expect((await sql<{ one: number }>`SELECT 1 AS one`.execute(db)).rows).toEqual([{ one: 1 }]);
  });

  it('says "unavailable" when nothing listens, without naming the host', async () => {
    const nowhere = openDatabase({ connectionString: 'postgres://u:p@127.0.0.1:1/x' });
    const error = await sql`SELECT 1`.execute(nowhere).catch((thrown: unknown) => thrown);
    await nowhere.destroy();
    expect(error).toBeInstanceOf(Failure);
    expect(error).toMatchObject({ code: 'unavailable', options: { retryAfter: 2 } });
    expect((error as Failure).message).not.toContain('127.0.0.1');
  });

  it('undoes a failed transaction from its first statement on, and takes an empty one', async () => {
    const single = openDatabase({ connectionString: url, max: 1 });
    const failing = inTransaction(single, async trx => {
      await person(trx, 'Nadie', 'primera@example.com');
      throw new Error('changed our mind');
    });
    await expect(failing).rejects.toThrow('changed our mind');
    await inTransaction(single, async () => undefined);
    const kept = single.selectFrom('users').select('id').where('email', '=', 'primera@example.com');
    expect(await kept.execute()).toEqual([]);
    // Outside of a transaction again: this one stays.
    await person(single, 'Alguien', 'segunda@example.com');
    await single.destroy();
    const other = db.selectFrom('users').select('id').where('email', '=', 'segunda@example.com');
    expect(await other.execute()).toHaveLength(1);
  });

  it('runs the loser of a deadlock again', async () => {
    const [a, b] = [await person(db, 'Uno'), await person(db, 'Dos')];
    const touch = (trx: typeof db, id: number) =>
      trx.updateTable('users').set({ full_name: 'x' }).where('id', '=', id).execute();
    const both = (first: number, second: number) =>
      inTransaction(db, async trx => {
        await touch(trx, first);
        await new Promise(resolve => setTimeout(resolve, 50));
        await touch(trx, second);
      });
    await expect(Promise.all([both(a, b), both(b, a)])).resolves.toHaveLength(2);
  });

  it('joins the transaction that it is given', async () => {
    await inTransaction(db, async outer => {
      await inTransaction(outer, async inner => {
        expect(inner).toBe(outer);
      });
    });
  });
});
