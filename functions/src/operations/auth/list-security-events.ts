import { z } from 'zod';
import { decodeCursor, page, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { asSeenBy, type SecurityEventsDeps, securityEventPage } from './security-event-schema.ts';

export const listSecurityEvents = defineOperation({
  name: 'auth/listSecurityEvents',
  summary: 'What happened to the account of the caller, newest first',
  route: 'GET /auth/security-events',
  access: 'user',
  input: z.strictObject(page),
  output: securityEventPage,
  run: async ({ securityEvents }: SecurityEventsDeps, caller, { limit, cursor }) => {
    const rows = await securityEvents.list(limit + 1, decodeCursor(cursor), caller.userId);
    return toPage(rows.map(asSeenBy(caller.userId)), limit, event => event.id);
  },
});
