import { z } from 'zod';
import type { User, UserChanges } from '../../domain/user.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { httpsUrl, timezone } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { locale, personName, profile } from './auth-fields.ts';
import { record, type SecurityLog } from './security-log.ts';

const preferences = z.strictObject({
  mail: z.boolean().optional(),
  push: z.boolean().optional(),
  dailyReport: z.boolean().optional(),
});

type Deps = {
  inTransaction: InTransaction<{
    users: { update(id: number, changes: UserChanges): Promise<User | undefined> };
    securityEvents: SecurityLog;
  }>;
};

export const updateMe = defineOperation({
  name: 'auth/updateMe',
  summary: 'Changes the profile of the caller',
  route: 'PATCH /auth/me',
  access: 'user',
  input: z
    .strictObject({
      fullName: personName.optional(),
      avatarUrl: httpsUrl.max(500).nullable().optional(),
      timezone: timezone.optional(),
      locale: locale.optional(),
      notificationPreferences: preferences.optional(),
    })
    .refine(changes => Object.values(changes).some(value => value !== undefined), {
      error: wording.nothingToChange.es,
    }),
  output: profile,
  bodySchema: { minProperties: 1 },
  refuses: ['timezone'],
  run: ({ inTransaction }: Deps, caller, changes) =>
    inTransaction(async ({ users, securityEvents }) => {
      const updated = await users.update(caller.userId, changes);
      if (!updated) throw new Failure('unauthenticated');
      await record(securityEvents, caller, { type: 'account.updated', outcome: 'success' });
      return updated;
    }),
});
