import { freshProofSeconds } from '../../domain/session.ts';
import { Failure } from '../../platform/failure.ts';
import type { Caller } from '../../platform/operation.ts';

export type FreshProofDeps = {
  clock(): Date;
  sessions: { proofOf(userId: number, sessionId: string): Promise<number | undefined> };
};

/** Fails unless the caller proved who they are a short while ago, in a session that still counts. */
export const requireFreshProof = async (deps: FreshProofDeps, caller: Caller): Promise<void> => {
  const provedAt = await deps.sessions.proofOf(caller.userId, caller.sessionId);
  if (provedAt === undefined) throw new Failure('unauthenticated');
  if (deps.clock().getTime() / 1000 - provedAt > freshProofSeconds)
    throw new Failure('reauthentication_required');
};
