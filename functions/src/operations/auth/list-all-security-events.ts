import { z } from 'zod';
import { decodeCursor, id, page, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { type AdminDeps, requireAdmin } from './require-admin.ts';
import { type SecurityEventsDeps, securityEventPage } from './security-event-schema.ts';

export const listAllSecurityEvents = defineOperation({
  name: 'auth/listAllSecurityEvents',
  summary: 'What happened to all accounts, or to one, newest first; for administrators',
  route: 'GET /auth/admin/security-events',
  access: 'user',
  input: z.strictObject({ ...page, userId: id.optional() }),
  output: securityEventPage,
  failures: ['forbidden'],
  run: async (deps: AdminDeps & SecurityEventsDeps, caller, { limit, cursor, userId }) => {
    await requireAdmin(deps, caller);
    const rows = await deps.securityEvents.list(limit + 1, decodeCursor(cursor), userId);
    return toPage(rows, limit, event => event.id);
  },
});
