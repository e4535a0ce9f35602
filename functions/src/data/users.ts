import { sql } from 'kysely';
import type { Preferences } from '../domain/notification-preferences.ts';
import type { StoredPassword } from '../domain/stored-password.ts';
import { type NewUser, normalEmail, type User, type UserChanges } from '../domain/user.ts';
import type { Database } from './database.ts';
import { daysAgo } from './expressions.ts';
import { passwordQueries } from './passwords.ts';
import { byEmail, userColumns } from './user-rows.ts';

export const userRepository = (db: Database) => ({
  ...passwordQueries(db),

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
      .returning(userColumns)
      .executeTakeFirst(),

  find: (id: number): Promise<User | undefined> =>
    db
      .selectFrom('users')
      .select(userColumns)
      .where('id', '=', id)
      .where('status', '<>', 'erased')
      .executeTakeFirst(),

  findByEmail: (email: string): Promise<User | undefined> =>
    byEmail(db, email).select(userColumns).executeTakeFirst(),

  findActiveByEmail: (email: string): Promise<User | undefined> =>
    byEmail(db, email).select(userColumns).where('status', '=', 'active').executeTakeFirst(),

  isAdmin: async (id: number): Promise<boolean> => {
    const row = await db
      .selectFrom('users')
      .select('is_admin as isAdmin')
      .where('id', '=', id)
      .where('status', '=', 'active')
      .executeTakeFirst();
    return row?.isAdmin === true;
  },

  /** Disables a confirmed account or lets it in again; false when there is no such account. */
  setStatus: async (id: number, status: 'active' | 'disabled'): Promise<boolean> => {
    const result = await db
      .updateTable('users')
      .set({ status, updated_at: sql`now()` })
      .where('id', '=', id)
      .where('status', 'in', ['active', 'disabled'])
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  },

  /** Deletes accounts that nobody has confirmed in so many days. */
  purge: async (days: number): Promise<number> => {
    const result = await db
      .deleteFrom('users')
      .where('status', '=', 'pending_verification')
      .where('created_at', '<', daysAgo(days))
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
          notification_preferences: JSON.stringify(changes.notificationPreferences),
        }),
        updated_at: sql`now()`,
      })
      .where('id', '=', id)
      .returning(userColumns)
      .executeTakeFirst(),

  /** What a person chose to hear of; locked until the transaction ends, as changes build on it. */
  lockPreferences: async (id: number): Promise<Preferences> => {
    const row = await preferencesOf(db, id).forNoKeyUpdate().executeTakeFirst();
    return row?.preferences ?? {};
  },

  preferences: async (id: number): Promise<Preferences> =>
    (await preferencesOf(db, id).executeTakeFirst())?.preferences ?? {},

  /**
   * Moves an account to an address whose mailbox has confirmed it; false when somebody has that one. Outside
   * identities proved the mailbox before, which counts no more.
   */
  setEmail: async (id: number, email: string): Promise<boolean> => {
    const address = normalEmail(email);
    await sql`
      UPDATE auth_methods SET same_mailbox = FALSE FROM users
      WHERE users.id = ${id} AND user_id = users.id AND lower(users.email) <> ${address}`.execute(
      db,
    );
    await sql`
      DELETE FROM users WHERE lower(email) = ${address} AND id <> ${id}
        AND status = 'pending_verification'`.execute(db);
    const result = await sql`
      UPDATE users SET email = ${address}, email_verified = TRUE, updated_at = now()
      WHERE id = ${id}
        AND NOT EXISTS (SELECT FROM users other
                        WHERE lower(other.email) = ${address} AND other.id <> ${id})`.execute(db);
    return result.numAffectedRows === 1n;
  },
});

const preferencesOf = (db: Database, id: number) =>
  db
    .selectFrom('users')
    .select(sql<Preferences>`notification_preferences`.as('preferences'))
    .where('id', '=', id);
