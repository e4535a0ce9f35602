import { sql } from 'kysely';
import type { AddressEffect, AddressRule } from '../domain/address-rule.ts';
import type { Database } from './database.ts';

export type StoredAddressRule = AddressRule & { id: number; note: string; createdAt: string };

const columns = [
  'id',
  'effect',
  sql<string>`range::text`.as('range'),
  'note',
  'created_at as createdAt',
] as const;

export const addressRuleRepository = (db: Database) => ({
  list: (): Promise<StoredAddressRule[]> =>
    db.selectFrom('address_rules').select(columns).orderBy('id').execute(),

  /** Nothing when the same rule is there already. */
  insert: (
    rule: { effect: AddressEffect; range: string; note: string },
    createdBy: number,
  ): Promise<StoredAddressRule | undefined> =>
    db
      .insertInto('address_rules')
      .values({ ...rule, created_by: createdBy })
      .onConflict(conflict => conflict.doNothing())
      .returning(columns)
      .executeTakeFirst(),

  remove: async (id: number): Promise<boolean> => {
    const result = await db.deleteFrom('address_rules').where('id', '=', id).executeTakeFirst();
    return result.numDeletedRows === 1n;
  },
});
