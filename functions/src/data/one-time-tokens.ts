import { sql } from 'kysely';
import type { FieldCipher } from '../domain/field-cipher.ts';
import {
  type OneTimeToken,
  type TokenDestination,
  type TokenPurpose,
  tokenMinutes,
  voidedBy,
} from '../domain/one-time-token.ts';
import type { Database } from './database.ts';

export const oneTimeTokenRepository = (db: Database, cipher: FieldCipher) => ({
  /** Issues a token; an older one of the same purpose stops working. */
  issue: async (
    userId: number,
    purpose: TokenPurpose,
    digest: Buffer,
    destination: TokenDestination,
  ): Promise<void> => {
    const row = tokenRow(cipher, userId, purpose, digest, destination);
    await db
      .insertInto('one_time_tokens')
      .values({ user_id: userId, purpose, ...row })
      .onConflict(conflict => conflict.columns(['user_id', 'purpose']).doUpdateSet(row))
      .execute();
  },

  /** Issues a token unless an earlier one still works: false then, and the earlier one keeps working. */
  issueFirst: async (
    userId: number,
    purpose: TokenPurpose,
    digest: Buffer,
    destination: TokenDestination,
  ): Promise<boolean> => {
    const row = tokenRow(cipher, userId, purpose, digest, destination);
    const result = await db
      .insertInto('one_time_tokens')
      .values({ user_id: userId, purpose, ...row })
      .onConflict(conflict =>
        conflict
          .columns(['user_id', 'purpose'])
          .doUpdateSet(row)
          .where('one_time_tokens.expires_at', '<', sql<string>`now()`),
      )
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows === 1n;
  },

  find: async (purpose: TokenPurpose, digest: Buffer): Promise<OneTimeToken | undefined> => {
    const row = await db
      .selectFrom('one_time_tokens')
      .select(['user_id as userId', 'email'])
      .where('purpose', '=', purpose)
      .where('digest', '=', digest)
      .where('expires_at', '>', sql<string>`now()`)
      .executeTakeFirst();
    return row && opened(cipher, purpose, row);
  },

  /** Takes a token out of the world; of several at once only one gets it. */
  redeem: async (purpose: TokenPurpose, digest: Buffer): Promise<OneTimeToken | undefined> => {
    const row = await db
      .deleteFrom('one_time_tokens')
      .where('purpose', '=', purpose)
      .where('digest', '=', digest)
      .where('expires_at', '>', sql<string>`now()`)
      .where(
        sql<boolean>`NOT EXISTS (SELECT FROM security_events happened
          WHERE happened.user_id = one_time_tokens.user_id
            AND happened.occurred_at >= one_time_tokens.created_at
            AND happened.type = any(${voidedBy[purpose] ?? []}))`,
      )
      .returning(['user_id as userId', 'email'])
      .executeTakeFirst();
    return row && opened(cipher, purpose, row);
  },

  cancel: async (userId: number, ...purposes: TokenPurpose[]): Promise<void> => {
    await db
      .deleteFrom('one_time_tokens')
      .where('user_id', '=', userId)
      .where('purpose', 'in', purposes)
      .execute();
  },

  purge: async (): Promise<number> => {
    const result = await db
      .deleteFrom('one_time_tokens')
      .where('expires_at', '<', sql<string>`now()`)
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});

const tokenRow = (
  cipher: FieldCipher,
  userId: number,
  purpose: TokenPurpose,
  digest: Buffer,
  { email, askedAt }: TokenDestination,
) => ({
  digest,
  email: cipher.seal(tokenEmail(userId, purpose), email),
  created_at: askedAt,
  expires_at: sql<string>`now() + make_interval(mins => ${tokenMinutes[purpose]})`,
});

const opened = (cipher: FieldCipher, purpose: TokenPurpose, row: OneTimeToken): OneTimeToken => ({
  ...row,
  email: row.email === null ? null : cipher.open(tokenEmail(row.userId, purpose), row.email),
});

export const tokenEmail = (userId: number, purpose: string): string =>
  `one_time_tokens.email:${userId}:${purpose}`;
