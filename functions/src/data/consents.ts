import type { ConsentPurpose } from '../domain/consent.ts';
import type { Database } from './database.ts';

export type Consent = {
  purpose: ConsentPurpose;
  policyVersion: string;
  granted: boolean;
  decidedAt: string;
};

const columns = [
  'purpose',
  'policy_version as policyVersion',
  'granted',
  'decided_at as decidedAt',
] as const;

export const consentRepository = (db: Database) => ({
  insert: (
    userId: number,
    { purpose, policyVersion, granted }: Omit<Consent, 'decidedAt'>,
  ): Promise<Consent> =>
    db
      .insertInto('consents')
      .values({ user_id: userId, purpose, policy_version: policyVersion, granted })
      .returning(columns)
      .executeTakeFirstOrThrow(),

  /** The latest decision for each purpose. */
  current: (userId: number): Promise<Consent[]> =>
    db
      .selectFrom('consents')
      .distinctOn('purpose')
      .select(columns)
      .where('user_id', '=', userId)
      .orderBy('purpose')
      .orderBy('id', 'desc')
      .execute(),
});
