import { log } from '../../platform/log.ts';

type Store = { purge(days: number): Promise<number> };

type Deps = {
  stores: Record<keyof typeof keptDays, Store>;
  /** What is worthless from the moment it expires. */
  expiring: Record<'oneTimeTokens' | 'challenges' | 'exports', { purge(): Promise<number> }>;
};

/** Days that things are kept; the retention policy in docs/security.md says why. */
const keptDays = {
  sessions: 30,
  knownDevices: 180,
  securityEvents: 365,
  failedMails: 14,
  unverifiedAccounts: 30,
};

/** Deletes what the retention policy no longer lets us keep. */
export const purgeAccounts = async ({ stores, expiring }: Deps): Promise<void> => {
  for (const [name, days] of Object.entries(keptDays)) {
    const count = await stores[name as keyof typeof keptDays].purge(days);
    log.info('retention.purged', { store: name, days, count });
  }
  for (const [name, store] of Object.entries(expiring))
    log.info('retention.purged', { store: name, count: await store.purge() });
};
