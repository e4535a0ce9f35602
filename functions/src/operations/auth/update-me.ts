import { z } from 'zod';
import { nextSummary } from '../../domain/morning-summary.ts';
import {
  allPreferences,
  mergedPreferences,
  type Preferences,
} from '../../domain/notification-preferences.ts';
import type { User, UserChanges } from '../../domain/user.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { inBothLanguages } from '../../platform/operation.ts';
import { httpsUrl, timezone } from '../fields.ts';
import { preferenceChanges } from '../notifications/preference-schema.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { account, locale, personName } from './auth-fields.ts';
import { record, type SecurityLog } from './security-log.ts';

type Deps = {
  clock(): Date;
  inTransaction: InTransaction<{
    users: {
      lockPreferences(id: number): Promise<Preferences>;
      update(id: number, changes: UserChanges): Promise<User | undefined>;
    };
    summaries: {
      lastDay(userId: number): Promise<string | null>;
      plan(userId: number, nextAt: Date | undefined): Promise<void>;
    };
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
      notificationPreferences: preferenceChanges.optional(),
    })
    .refine(changes => Object.values(changes).some(value => value !== undefined), {
      error: inBothLanguages(wording.nothingToChange),
    }),
  output: account,
  bodySchema: { minProperties: 1 },
  refuses: ['timezone'],
  run: ({ clock, inTransaction }: Deps, caller, changes) =>
    inTransaction(async ({ users, summaries, securityEvents }) => {
      const chosen = await users.lockPreferences(caller.userId);
      const { notificationPreferences: wanted = {} } = changes;
      const notificationPreferences = mergedPreferences(chosen, wanted);
      const updated = await users.update(caller.userId, { ...changes, notificationPreferences });
      if (!updated) throw new Failure('unauthenticated');
      if (
        changes.timezone !== undefined ||
        wanted.summary !== undefined ||
        wanted.quietHours !== undefined
      ) {
        const lastDay = await summaries.lastDay(caller.userId);
        const next = nextSummary(notificationPreferences, updated.timezone, clock(), lastDay);
        await summaries.plan(caller.userId, next);
      }
      await record(securityEvents, caller, { type: 'account.updated', outcome: 'success' });
      return { ...updated, notificationPreferences: allPreferences(notificationPreferences) };
    }),
});
