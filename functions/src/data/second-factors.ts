import { sql } from 'kysely';
import type { FieldCipher } from '../domain/field-cipher.ts';
import type { SignInMethod } from '../domain/session.ts';
import type { Database } from './database.ts';

export const secondFactorRepository = (db: Database, cipher: FieldCipher) => ({
  isEnabled: async (userId: number): Promise<boolean> => {
    const row = await db
      .selectFrom('second_factors')
      .select('user_id')
      .where('user_id', '=', userId)
      .where('secret', 'is not', null)
      .executeTakeFirst();
    return row !== undefined;
  },

  setPending: async (userId: number, secret: string): Promise<void> => {
    const sealed = cipher.seal(factorSecret(userId), secret);
    await db
      .insertInto('second_factors')
      .values({ user_id: userId, pending_secret: sealed })
      .onConflict(conflict =>
        conflict.column('user_id').doUpdateSet({ pending_secret: sealed, updated_at: sql`now()` }),
      )
      .execute();
  },

  lockPending: async (userId: number): Promise<string | undefined> => {
    const row = await db
      .selectFrom('second_factors')
      .select('pending_secret as secret')
      .where('user_id', '=', userId)
      .forUpdate()
      .executeTakeFirst();
    return row?.secret ? cipher.open(factorSecret(userId), row.secret) : undefined;
  },

  activatePending: async (userId: number, step: number): Promise<void> => {
    await db
      .updateTable('second_factors')
      .set({
        secret: sql`pending_secret`,
        pending_secret: null,
        last_step: step,
        enabled_at: sql`now()`,
        updated_at: sql`now()`,
      })
      .where('user_id', '=', userId)
      .execute();
  },

  /** Holds the factor until the transaction ends: of twins with one code the second comes too late. */
  lock: async (userId: number) => {
    const row = await db
      .selectFrom('second_factors')
      .select(['secret', 'last_step as lastStep'])
      .where('user_id', '=', userId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return undefined;
    const secret = row.secret === null ? null : cipher.open(factorSecret(userId), row.secret);
    return { secret, lastStep: row.lastStep };
  },

  spendStep: async (userId: number, step: number): Promise<void> => {
    await db
      .updateTable('second_factors')
      .set({ last_step: step })
      .where('user_id', '=', userId)
      .execute();
  },

  remove: async (userId: number): Promise<void> => {
    await db.deleteFrom('second_factors').where('user_id', '=', userId).execute();
    await db.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  },

  replaceRecoveryCodes: async (userId: number, digests: Buffer[]): Promise<void> => {
    await db.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
    await db
      .insertInto('recovery_codes')
      .values(digests.map(digest => ({ user_id: userId, digest })))
      .execute();
  },

  spendRecoveryCode: async (userId: number, digest: Buffer): Promise<boolean> => {
    const result = await db
      .deleteFrom('recovery_codes')
      .where('user_id', '=', userId)
      .where('digest', '=', digest)
      .executeTakeFirst();
    return result.numDeletedRows === 1n;
  },

  recoveryCodesLeft: async (userId: number): Promise<number> => {
    const { left } = await db
      .selectFrom('recovery_codes')
      .select(sql<number>`count(*)`.as('left'))
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow();
    return left;
  },
});

/** Sign-ins that wait for their second factor. */
export const challengeRepository = (db: Database) => ({
  insert: async (digest: Buffer, userId: number, method: SignInMethod): Promise<void> => {
    await db
      .insertInto('sign_in_challenges')
      .values({
        digest,
        user_id: userId,
        method,
        expires_at: sql<string>`now() + interval '10 minutes'`,
      })
      .execute();
  },

  find: (digest: Buffer) =>
    db
      .selectFrom('sign_in_challenges')
      .select(['user_id as userId', 'method'])
      .where('digest', '=', digest)
      .where('expires_at', '>', sql<string>`now()`)
      .executeTakeFirst(),

  redeem: (digest: Buffer) =>
    db
      .deleteFrom('sign_in_challenges')
      .where('digest', '=', digest)
      .where('expires_at', '>', sql<string>`now()`)
      .returning(['user_id as userId', 'method'])
      .executeTakeFirst(),

  cancelAll: async (userId: number): Promise<void> => {
    await db.deleteFrom('sign_in_challenges').where('user_id', '=', userId).execute();
  },

  purge: async (): Promise<number> => {
    const result = await db
      .deleteFrom('sign_in_challenges')
      .where('expires_at', '<', sql<string>`now()`)
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});

export const factorSecret = (userId: number): string => `second_factors.secret:${userId}`;
