import { randomUUID } from 'node:crypto';
import type { NewEvent } from '../../domain/event.ts';
import {
  accessTokenSeconds,
  type NewSession,
  type SessionProof,
  type SignInMethod,
  sessionDays,
  sessionLimit,
} from '../../domain/session.ts';
import type { User } from '../../domain/user.ts';
import type { Visitor } from '../../platform/operation.ts';
import type { InTransaction } from '../operation.ts';
import { record, type SecurityLog } from './security-log.ts';
import { type Suspicion, type SuspicionDeps, suspicionsOf } from './suspicion.ts';

export type Tokens = {
  random(): string;
  digest(token: string): Buffer;
  /** Where a visitor signs in from, as a keyed digest. */
  device(visitor: Visitor): Buffer;
  signAccess(proof: SessionProof): Promise<string>;
  mintFirebase(
    proof: SessionProof,
    session: { secondFactor: boolean; expiresAt: number },
  ): Promise<string>;
};

export type OpenSessionDeps = {
  clock(): Date;
  tokens: Tokens;
  endedSessions: { remember(ids: string[]): Promise<void> };
  inTransaction: InTransaction<{
    sessions: {
      insert(session: NewSession): Promise<number>;
      endBeyond(userId: number, limit: number): Promise<string[]>;
    } & SuspicionDeps['sessions'];
    refreshTokens: { insert(digest: Buffer, sessionId: string): Promise<void> };
    knownDevices: {
      remember(
        userId: number,
        fingerprint: Buffer,
      ): Promise<{ isNew: boolean; hadOthers: boolean }>;
    };
    securityEvents: SecurityLog & SuspicionDeps['securityEvents'];
    placeOf: SuspicionDeps['placeOf'];
    outbox: { add(...events: NewEvent[]): Promise<unknown> };
  }>;
};

type SignIn = { user: User; method: SignInMethod; secondFactor: boolean };

/** Starts a session for a person who has proved who they are, and answers its tokens. */
export const openSession = async (
  deps: OpenSessionDeps,
  visitor: Visitor,
  { user, method, secondFactor }: SignIn,
) => {
  const { tokens, inTransaction, endedSessions } = deps;
  const id = randomUUID();
  const refreshToken = tokens.random();
  const authenticatedAt = Math.floor(deps.clock().getTime() / 1000);
  const expiresAt = authenticatedAt + sessionDays * 86_400;
  const proof = { userId: user.id, sessionId: id, authenticatedAt };
  // Signed meanwhile: without its row a session is worth nothing.
  const answer = answerTokens(tokens, user, proof, { secondFactor, expiresAt }, refreshToken);
  const started = inTransaction(async unit => {
    const device = await unit.knownDevices.remember(user.id, tokens.device(visitor));
    const suspicions = await suspicionsOf(unit, user.id, {
      address: visitor.address,
      at: deps.clock(),
      newDevice: device.isNew && device.hadOthers,
    });
    const others = await unit.sessions.insert({
      id,
      userId: user.id,
      method,
      secondFactor,
      device: visitor.userAgent,
      address: visitor.address,
      // Two factors given just now are all the proof that we could ask for.
      doubtful: suspicions.length > 0 && !secondFactor,
    });
    await unit.refreshTokens.insert(tokens.digest(refreshToken), id);
    const who = { ...visitor, userId: user.id, sessionId: id };
    await report(unit, who, { method, secondFactor, newDevice: device.isNew }, suspicions);
    return others < sessionLimit ? [] : unit.sessions.endBeyond(user.id, sessionLimit);
  });
  const [surplus, answered] = await Promise.all([started, answer]);
  await endedSessions.remember(surplus);
  return answered;
};

type Reporter = {
  securityEvents: SecurityLog;
  outbox: { add(...events: NewEvent[]): Promise<unknown> };
};

/** Every sign-in is an event; one that does not look like its owner's is told to them as well. */
const report = async (
  { securityEvents, outbox }: Reporter,
  who: Visitor & { userId: number; sessionId: string },
  details: Record<string, string | boolean>,
  suspicions: Suspicion[],
): Promise<void> => {
  await record(securityEvents, who, { type: 'session.started', outcome: 'success', details });
  if (suspicions.length === 0) return;
  await record(securityEvents, who, {
    type: 'session.suspicious',
    outcome: 'success',
    details: { reasons: suspicions.join(',') },
  });
  const onlyNew = suspicions.every(suspicion => suspicion === 'new_device');
  await outbox.add(notice(who.userId, onlyNew ? 'new_device' : 'suspicious_sign_in'));
};

/** The tokens of a session in the shape that every way of signing in answers. */
export const answerTokens = async (
  tokens: Pick<Tokens, 'signAccess' | 'mintFirebase'>,
  user: User,
  proof: SessionProof,
  session: { secondFactor: boolean; expiresAt: number },
  refreshToken: string,
) => {
  const [accessToken, firebaseToken] = await Promise.all([
    tokens.signAccess(proof),
    tokens.mintFirebase(proof, session),
  ]);
  return {
    accessToken,
    refreshToken,
    tokenType: 'Bearer' as const,
    expiresIn: accessTokenSeconds,
    firebaseToken,
    user,
  };
};

/** A mail that tells the owner of an account what happened to it. */
export const notice = (
  userId: number,
  about: NoticeKind,
  facts: Record<string, string | number> = {},
): NewEvent => ({ topic: 'mail', type: `mail.${about}`, payload: { userId, ...facts } });

export type NoticeKind =
  | 'new_device'
  | 'suspicious_sign_in'
  | 'password_changed'
  | 'refresh_reused'
  | 'second_factor_enabled'
  | 'second_factor_disabled'
  | 'recovery_code_used'
  | 'email_changed'
  | 'google_linked'
  | 'google_unlinked';
