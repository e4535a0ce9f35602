import { z } from 'zod';
import type { FailedMail } from '../../domain/mail.ts';
import { decodeCursor, id, instant, page, pageOf, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { type AdminDeps, requireAdmin } from './require-admin.ts';

const failedMail = z.object({
  id,
  type: z.string(),
  userId: id.nullable(),
  invitationId: id.nullable(),
  attempts: z.int(),
  reason: z.string(),
  firstFailedAt: instant,
  lastFailedAt: instant,
  givenUpAt: instant.nullable(),
});

type Deps = AdminDeps & {
  failedMails: { list(limit: number, beforeId?: number): Promise<FailedMail[]> };
};

export const listFailedMails = defineOperation({
  name: 'auth/listFailedMails',
  summary: 'Mails that could not be sent, newest first; for administrators',
  route: 'GET /auth/admin/failed-mails',
  access: 'user',
  input: z.strictObject(page),
  output: pageOf(failedMail),
  failures: ['forbidden'],
  run: async (deps: Deps, caller, { limit, cursor }) => {
    await requireAdmin(deps, caller);
    const rows = await deps.failedMails.list(limit + 1, decodeCursor(cursor));
    return toPage(rows, limit, mail => mail.id);
  },
});
