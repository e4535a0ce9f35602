import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { inBothLanguages } from '../../platform/operation.ts';
import { nothing } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { password, secondFactorCode } from './auth-fields.ts';
import { wording } from './auth-wording.ts';
import { type CodeDeps, requireCode } from './prove-code.ts';
import { type ProofDeps, requirePassword } from './prove-identity.ts';
import { record } from './security-log.ts';

type Deps = ProofDeps &
  CodeDeps & {
    sessions: {
      proofOf(userId: number, id: string): Promise<number | undefined>;
      prove(id: string): Promise<void>;
    };
  };

export const reauthenticate = defineOperation({
  name: 'auth/reauthenticate',
  summary: 'Proves again who the caller is, by password or code, before a sensitive change',
  route: 'POST /auth/reauthenticate',
  access: 'user',
  input: z
    .strictObject({ password: password.optional(), code: secondFactorCode.optional() })
    .refine(proof => (proof.password === undefined) !== (proof.code === undefined), {
      error: inBothLanguages(wording.oneProof),
    }),
  output: nothing,
  bodySchema: { minProperties: 1, maxProperties: 1 },
  status: 204,
  failures: ['invalid_credentials', 'rate_limited'],
  run: async (deps: Deps, caller, { password: given, code }) => {
    if ((await deps.sessions.proofOf(caller.userId, caller.sessionId)) === undefined)
      throw new Failure('unauthenticated');
    if (given !== undefined) await requirePassword(deps, caller, given);
    if (code !== undefined) await requireCode(deps, caller, caller.userId, code);
    await deps.sessions.prove(caller.sessionId);
    await record(deps.securityEvents, caller, {
      type: 'identity.proved_again',
      outcome: 'success',
    });
    return null;
  },
});
