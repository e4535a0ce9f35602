import { z } from 'zod';
import { nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type EndSessionsUnit, endSessions } from './end-sessions.ts';

type Deps = { inTransaction: InTransaction<EndSessionsUnit> };

export const logoutEverywhere = defineOperation({
  name: 'auth/logoutEverywhere',
  summary: 'Ends every session of the caller, this one included',
  route: 'POST /auth/logout-all',
  access: 'user',
  input: z.strictObject({}),
  output: nothing,
  status: 204,
  run: async ({ inTransaction }: Deps, caller) => {
    await inTransaction(unit => endSessions(unit, caller, caller.userId, 'logout_all'));
    return null;
  },
});
