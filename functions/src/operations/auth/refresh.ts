import { z } from 'zod';
import { type EndReason, type RefreshToken, refreshGraceSeconds } from '../../domain/session.ts';
import type { User } from '../../domain/user.ts';
import { Failure } from '../../platform/failure.ts';
import type { Visitor } from '../../platform/operation.ts';
import type { AddEvents } from '../events/project-event.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { oneTimeToken, signedIn } from './auth-fields.ts';
import { wording } from './auth-wording.ts';
import { announceEnd } from './end-sessions.ts';
import { answerTokens, notice, type Tokens } from './open-session.ts';
import { record, type SecurityLog } from './security-log.ts';

type Unit = {
  refreshTokens: {
    lock(digest: Buffer): Promise<RefreshToken | undefined>;
    wasUsed(digest: Buffer): Promise<boolean>;
    use(digest: Buffer, successor: Buffer): Promise<void>;
    insert(digest: Buffer, sessionId: string): Promise<void>;
  };
  sessions: {
    touch(id: string, address: string): Promise<void>;
    end(userId: number, id: string, reason: EndReason): Promise<boolean>;
  };
  users: { find(id: number): Promise<User | undefined> };
  securityEvents: SecurityLog;
  outbox: AddEvents;
};

type Deps = {
  tokens: Tokens & { successorOf(refreshToken: string): string };
  endedSessions: { remember(ids: string[]): Promise<void> };
  inTransaction: InTransaction<Unit>;
};

type Outcome = 'refused' | { reused: string } | { session: RefreshToken; user: User };

export const refresh = defineOperation({
  name: 'auth/refresh',
  summary: 'Exchanges a refresh token for new tokens; the old one stops working',
  route: 'POST /auth/refresh',
  access: 'public',
  input: z.strictObject({ refreshToken: oneTimeToken }),
  output: signedIn,
  failures: ['unauthenticated'],
  run: async (deps: Deps, visitor, { refreshToken }) => {
    const { tokens, endedSessions, inTransaction } = deps;
    const next = tokens.successorOf(refreshToken);
    const digests = { old: tokens.digest(refreshToken), next: tokens.digest(next) };
    const outcome = await inTransaction(unit => rotate(unit, visitor, digests));
    if (outcome !== 'refused' && 'session' in outcome) {
      const { session, user } = outcome;
      return answerTokens(tokens, user, session, session, next);
    }
    if (outcome !== 'refused') await endedSessions.remember([outcome.reused]);
    throw new Failure('unauthenticated', { detail: wording.badRefreshToken });
  },
});

const rotate = async (
  unit: Unit,
  visitor: Visitor,
  digests: { old: Buffer; next: Buffer },
): Promise<Outcome> => {
  const token = await unit.refreshTokens.lock(digests.old);
  if (!token?.live) return 'refused';
  const user = await unit.users.find(token.userId);
  if (!user) return 'refused';
  if (token.client !== null && token.client !== visitor.client) {
    const { userId, sessionId } = token;
    const facts = { type: 'session.refused', outcome: 'blocked', userId, sessionId } as const;
    await record(unit.securityEvents, visitor, { ...facts, details: { client: visitor.client } });
    return 'refused';
  }
  if (token.usedSecondsAgo === null) {
    await unit.refreshTokens.use(digests.old, digests.next);
    await unit.refreshTokens.insert(digests.next, token.sessionId);
    await unit.sessions.touch(token.sessionId, visitor.address);
    return { session: token, user };
  }
  if (await isEcho(unit, token, digests.next)) return { session: token, user };
  return endFamily(unit, visitor, token);
};

/** The same request twice: another tab, or an answer that was lost on the way. */
const isEcho = async (unit: Unit, token: RefreshToken, next: Buffer): Promise<boolean> =>
  token.usedSecondsAgo !== null &&
  token.usedSecondsAgo <= refreshGraceSeconds &&
  token.successor?.equals(next) === true &&
  !(await unit.refreshTokens.wasUsed(next));

/** Of two holders of one token one is a thief, and nobody can tell which: both have to sign in again. */
const endFamily = async (unit: Unit, visitor: Visitor, token: RefreshToken): Promise<Outcome> => {
  const { userId, sessionId } = token;
  await unit.sessions.end(userId, sessionId, 'refresh_reused');
  await record(unit.securityEvents, visitor, {
    type: 'session.refreshed_twice',
    outcome: 'blocked',
    userId,
    sessionId,
  });
  await unit.outbox.add(notice(userId, 'refresh_reused'), announceEnd(userId, sessionId));
  return { reused: sessionId };
};
