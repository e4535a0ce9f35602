import { z } from 'zod';
import type { User } from '../../domain/user.ts';
import { Failure } from '../../platform/failure.ts';
import { defineOperation } from '../operation.ts';
import { type FreshProofDeps, requireFreshProof } from './fresh-proof.ts';
import { record, type SecurityLog } from './security-log.ts';

type Deps = FreshProofDeps & {
  users: { find(id: number): Promise<User | undefined> };
  secondFactors: { setPending(userId: number, secret: string): Promise<void> };
  totp: {
    newSecret(): string;
    uriOf(secret: string, account: string): string;
    qrOf(uri: string): Promise<string>;
  };
  securityEvents: SecurityLog;
};

export const enrolTotp = defineOperation({
  name: 'auth/enrolTotp',
  summary: 'Starts a second factor; it counts once a first code has confirmed it',
  route: 'POST /auth/mfa/totp',
  access: 'user',
  input: z.strictObject({}),
  output: z.object({ secret: z.string(), otpauthUri: z.string(), qrSvg: z.string() }),
  status: 201,
  failures: ['reauthentication_required'],
  run: async (deps: Deps, caller) => {
    await requireFreshProof(deps, caller);
    const user = await deps.users.find(caller.userId);
    if (!user) throw new Failure('unauthenticated');
    const secret = deps.totp.newSecret();
    // An active factor stays until the new one has shown that it works.
    await deps.secondFactors.setPending(user.id, secret);
    await record(deps.securityEvents, caller, {
      type: 'second_factor.started',
      outcome: 'success',
    });
    const otpauthUri = deps.totp.uriOf(secret, user.email);
    return { secret, otpauthUri, qrSvg: await deps.totp.qrOf(otpauthUri) };
  },
});
