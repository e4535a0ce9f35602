import { sql } from 'kysely';
import {
  type NewUser,
  normalEmail,
  type Preferences,
  type User,
  type UserChanges,
} from '../domain/user.ts';
import type { Database } from './database.ts';

type StoredPassword = { hash: string; pepper: string | null };

/** All that a sign-in needs to know, in one query, so that no branch takes longer than another. */
export type SignInRecord = User & { password: StoredPassword | undefined; knownDevice: boolean };

const columns = [
  'users.id',
  'users.email',
  'users.full_name as fullName',
  'users.avatar_url as avatarUrl',
  'users.email_verified as emailVerified',
  'users.status',
  'users.timezone',
  'users.locale',
  'users.created_at as createdAt',
] as const;

export const userRepository = (db: Database) => ({
  /** Adds an account that waits for its e-mail to be confirmed; nothing when the address is taken. */
  insert: async (user: NewUser, password?: StoredPassword): Promise<User | undefined> =>
    db
      .insertInto('users')
      .values({
        email: normalEmail(user.email),
        full_name: user.fullName,
        locale: user.locale,
        ...(user.timezone !== undefined && { timezone: user.timezone }),
        password_hash: password?.hash ?? null,
        password_pepper: password?.pepper ?? null,
        password_changed_at: password ? sql<string>`now()` : null,
      })
      .onConflict(conflict => conflict.doNothing())
      .returning(columns)
      .executeTakeFirst(),

  find: (id: number): Promise<User | undefined> =>
    db
      .selectFrom('users')
      .select(columns)
      .where('id', '=', id)
      .where('status', '<>', 'erased')
      .executeTakeFirst(),

  findByEmail: (email: string): Promise<User | undefined> =>
    byEmail(db, email).select(columns).executeTakeFirst(),

  findActiveByEmail: (email: string): Promise<User | undefined> =>
    byEmail(db, email).select(columns).where('status', '=', 'active').executeTakeFirst(),

  findForSignIn: async (email: string, device: Buffer): Promise<SignInRecord | undefined> => {
    const row = await byEmail(db, email)
      .leftJoin('known_devices', join =>
        join
          .onRef('known_devices.user_id', '=', 'users.id')
          .on('known_devices.fingerprint', '=', device),
      )
      .select(columns)
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

  isAdmin: async (id: number): Promise<boolean> => {
    const row = await db
      .selectFrom('users')
      .select('is_admin as isAdmin')
      .where('id', '=', id)
      .where('status', '=', 'active')
      .executeTakeFirst();
    return row?.isAdmin === true;
  },

  /** Deletes accounts that nobody has confirmed in so many days. */
  purge: async (days: number): Promise<number> => {
    const result = await db
      .deleteFrom('users')
      .where('status', '=', 'pending_verification')
      .where('created_at', '<', sql<string>`now() - make_interval(days => ${days})`)
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },

  timezoneOf: async (id: number): Promise<string | undefined> => {
    const row = await db
      .selectFrom('users')
      .select('timezone')
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.timezone;
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

  /** Turns a waiting account into an active one; false when it was not waiting. */
  activate: async (id: number): Promise<boolean> => {
    const result = await db
      .updateTable('users')
      .set({ email_verified: true, status: 'active', updated_at: sql`now()` })
      .where('id', '=', id)
      .where('status', '=', 'pending_verification')
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  },

  update: (id: number, changes: UserChanges): Promise<User | undefined> =>
    db
      .updateTable('users')
      .set({
        ...(changes.fullName !== undefined && { full_name: changes.fullName }),
        ...(changes.avatarUrl !== undefined && { avatar_url: changes.avatarUrl }),
        ...(changes.timezone !== undefined && { timezone: changes.timezone }),
        ...(changes.locale !== undefined && { locale: changes.locale }),
        ...(changes.notificationPreferences && {
          notification_preferences: merged(changes.notificationPreferences),
        }),
        updated_at: sql`now()`,
      })
      .where('id', '=', id)
      .returning(columns)
      .executeTakeFirst(),

  /** Moves an account to another address; false when somebody has that one. */
  setEmail: async (id: number, email: string): Promise<boolean> => {
    const result = await sql`
      UPDATE users SET email = ${normalEmail(email)}, email_verified = TRUE, updated_at = now()
      WHERE id = ${id}
        AND NOT EXISTS (SELECT FROM users other
                        WHERE lower(other.email) = ${normalEmail(email)} AND other.id <> ${id})`.execute(
      db,
    );
    return result.numAffectedRows === 1n;
  },
});

const merged = (preferences: Preferences) =>
  sql<string>`notification_preferences || ${JSON.stringify(preferences)}::jsonb`;

const byEmail = (db: Database, email: string) =>
  db.selectFrom('users').where(sql<string>`lower(users.email)`, '=', normalEmail(email));
