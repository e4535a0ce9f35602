import { z } from 'zod';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type ConsentView, consent, consentFields } from './consent-schema.ts';
import { record, type SecurityLog } from './security-log.ts';

type Deps = {
  inTransaction: InTransaction<{
    consents: {
      insert(userId: number, decision: Omit<ConsentView, 'decidedAt'>): Promise<ConsentView>;
    };
    securityEvents: SecurityLog;
  }>;
};

export const decideConsent = defineOperation({
  name: 'auth/decideConsent',
  summary: 'Gives or withdraws consent for one purpose',
  route: 'POST /auth/me/consents',
  access: 'user',
  input: z.strictObject(consentFields),
  output: consent,
  status: 201,
  creates: true,
  run: ({ inTransaction }: Deps, caller, decision) =>
    inTransaction(async ({ consents, securityEvents }) => {
      const { purpose, granted } = decision;
      await record(securityEvents, caller, {
        type: 'consent.changed',
        outcome: 'success',
        details: { purpose, granted },
      });
      return consents.insert(caller.userId, decision);
    }),
});
