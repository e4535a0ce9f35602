import { afterAll } from 'vitest';
import { freshDatabase } from '../../../dev/test-database.ts';
import { type Database, openDatabase } from '../../src/data/database.ts';

/** A migrated database of its own for the calling test file, closed and dropped after its tests. */
export const testDatabase = async (): Promise<{ db: Database; url: string }> => {
  const { url, drop } = await freshDatabase();
  const db = openDatabase({ connectionString: url, max: 10 });
  afterAll(async () => {
    await db.destroy();
    await drop();
  });
  return { db, url };
};

/** Inserts an active person and returns their id. */
export const person = async (db: Database, fullName: string, email = emailOf(fullName)) => {
  const { id } = await db
    .insertInto('users')
    .values({ email, full_name: fullName, status: 'active', email_verified: true })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

const emailOf = (fullName: string): string =>
  `${fullName.toLowerCase().replaceAll(' ', '.')}@example.com`;
