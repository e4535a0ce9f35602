import { sql } from 'kysely';
import type { AuthMethod, SignInMethod } from '../domain/session.ts';
import type { Database } from './database.ts';

/** Issuer of passwords: ourselves; their subject is the account's own id. */
const ownIssuer = 'pm-bot';

export const authMethodRepository = (db: Database) => ({
  addPassword: async (userId: number): Promise<void> => {
    await db
      .insertInto('auth_methods')
      .values({
        user_id: userId,
        provider: 'password',
        issuer: ownIssuer,
        subject: String(userId),
      })
      .onConflict(conflict => conflict.doNothing())
      .execute();
  },

  /** Links an outside identity; false when it belongs to an account already. */
  add: async (userId: number, { sameMailbox, ...method }: AuthMethod): Promise<boolean> => {
    const result = await db
      .insertInto('auth_methods')
      .values({ user_id: userId, same_mailbox: sameMailbox, ...method })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows === 1n;
  },

  /** Identity is issuer plus subject; an e-mail address never is. */
  findUser: async (issuer: string, subject: string): Promise<number | undefined> => {
    const row = await db
      .selectFrom('auth_methods')
      .select('user_id as userId')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst();
    return row?.userId;
  },

  list: (userId: number): Promise<{ provider: string; createdAt: string }[]> =>
    db
      .selectFrom('auth_methods')
      .select(['provider', 'created_at as createdAt'])
      .where('user_id', '=', userId)
      .orderBy('id')
      .execute(),

  used: async (issuer: string, subject: string): Promise<void> => {
    await db
      .updateTable('auth_methods')
      .set({ last_used_at: sql`now()` })
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .execute();
  },

  /** Disconnects identities that never proved the account's own mailbox. */
  removeForeign: async (userId: number): Promise<number> => {
    const result = await db
      .deleteFrom('auth_methods')
      .where('user_id', '=', userId)
      .where('provider', '<>', 'password')
      .where('same_mailbox', '=', false)
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },

  removeAll: async (userId: number): Promise<void> => {
    await db.deleteFrom('auth_methods').where('user_id', '=', userId).execute();
  },

  remove: async (userId: number, provider: SignInMethod): Promise<number> => {
    const result = await db
      .deleteFrom('auth_methods')
      .where('user_id', '=', userId)
      .where('provider', '=', provider)
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});
