import { sql } from 'kysely';
import type { StoredPassword } from '../domain/stored-password.ts';
import type { User } from '../domain/user.ts';
import type { Database } from './database.ts';
import { byEmail, userColumns } from './user-rows.ts';

/** All that a sign-in needs to know, in one query, so that no branch takes longer than another. */
type SignInRecord = User & { password: StoredPassword | undefined; knownDevice: boolean };

/** What accounts keep for signing in by password. */
export const passwordQueries = (db: Database) => ({
  findForSignIn: async (email: string, device: Buffer): Promise<SignInRecord | undefined> => {
    const row = await byEmail(db, email)
      .leftJoin('known_devices', join =>
        join
          .onRef('known_devices.user_id', '=', 'users.id')
          .on('known_devices.fingerprint', '=', device),
      )
      .select(userColumns)
      .select(['users.password_hash as hash', 'users.password_pepper as pepper'])
      .select('known_devices.user_id as device')
      .executeTakeFirst();
    if (!row) return undefined;
    const { hash, pepper, device: known, ...user } = row;
    return {
      ...user,
      password: hash === null ? undefined : { hash, pepper },
      knownDevice: known !== null,
    };
  },

  passwordOf: async (id: number): Promise<StoredPassword | undefined> => {
    const row = await db
      .selectFrom('users')
      .select(['password_hash as hash', 'password_pepper as pepper'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row && row.hash !== null ? { hash: row.hash, pepper: row.pepper } : undefined;
  },

  hasPassword: async (id: number): Promise<boolean> => {
    const row = await db
      .selectFrom('users')
      .select('id')
      .where('id', '=', id)
      .where('password_hash', 'is not', null)
      .executeTakeFirst();
    return row !== undefined;
  },

  setPassword: async (id: number, password: StoredPassword | undefined): Promise<void> => {
    await db
      .updateTable('users')
      .set({
        password_hash: password?.hash ?? null,
        password_pepper: password?.pepper ?? null,
        password_changed_at: sql`now()`,
        updated_at: sql`now()`,
      })
      .where('id', '=', id)
      .execute();
  },

  /** Stores the same password hashed anew, unless it was changed meanwhile. */
  rehash: async (id: number, old: StoredPassword, renewed: StoredPassword): Promise<void> => {
    await db
      .updateTable('users')
      .set({ password_hash: renewed.hash, password_pepper: renewed.pepper })
      .where('id', '=', id)
      .where('password_hash', '=', old.hash)
      .execute();
  },
});
