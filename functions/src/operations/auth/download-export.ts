import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { instant } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { asSeenBy, type SecurityEventsDeps } from './security-event-schema.ts';

type Deps = SecurityEventsDeps & {
  clock(): Date;
  exports: { isOpen(id: string, userId: number): Promise<boolean> };
  personalData: { collect(userId: number): Promise<Record<string, unknown[]>> };
  sessions: { list(userId: number): Promise<object[]> };
};

/** More than retention keeps of one person. */
const allEvents = 100_000;

export const downloadExport = defineOperation({
  name: 'auth/downloadExport',
  summary: 'Everything that is kept about the caller, as JSON',
  route: 'GET /auth/me/exports/{exportId}',
  access: 'user',
  input: z.strictObject({ exportId: z.uuid() }),
  output: z.object({ generatedAt: instant, data: z.record(z.string(), z.array(z.unknown())) }),
  failures: ['not_found'],
  run: async (deps: Deps, { userId }, { exportId }) => {
    if (!(await deps.exports.isOpen(exportId, userId))) throw new Failure('not_found');
    const [kept, sessions, events] = await Promise.all([
      deps.personalData.collect(userId),
      deps.sessions.list(userId),
      deps.securityEvents.list(allEvents, undefined, userId),
    ]);
    const data = { ...kept, sessions, securityEvents: events.map(asSeenBy(userId)) };
    return { generatedAt: deps.clock().toISOString(), data };
  },
});
