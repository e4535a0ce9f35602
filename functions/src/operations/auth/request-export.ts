import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { instant } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { type FreshProofDeps, requireFreshProof } from './fresh-proof.ts';
import { record, type SecurityLog } from './security-log.ts';

type Deps = FreshProofDeps & {
  exports: { insert(id: string, userId: number): Promise<string> };
  securityEvents: SecurityLog;
};

export const requestExport = defineOperation({
  name: 'auth/requestExport',
  summary: "Opens a quarter of an hour in which the caller's data can be downloaded",
  route: 'POST /auth/me/exports',
  access: 'user',
  input: z.strictObject({}),
  output: z.object({ exportId: z.string(), expiresAt: instant }),
  status: 201,
  creates: true,
  failures: ['reauthentication_required'],
  run: async (deps: Deps, caller) => {
    await requireFreshProof(deps, caller);
    const exportId = randomUUID();
    const expiresAt = await deps.exports.insert(exportId, caller.userId);
    await record(deps.securityEvents, caller, { type: 'account.exported', outcome: 'success' });
    return { exportId, expiresAt };
  },
});
