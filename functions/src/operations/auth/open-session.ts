import { randomUUID } from 'node:crypto';
import type { NewEvent } from '../../domain/event.ts';
import type { AccountNotice } from '../../domain/mail.ts';
import type { NewSecurityEvent } from '../../domain/security-event.ts';
import {
  accessTokenSeconds,
  type NewSession,
  type SessionProof,
  type SignInHistory,
  type SignInMethod,
  sessionDays,
  sessionLimit,
} from '../../domain/session.ts';
import type { User } from '../../domain/user.ts';
import type { Visitor } from '../../platform/operation.ts';
import type { AddEvents } from '../events/project-event.ts';
import type { InTransaction } from '../operation.ts';
import { eventOf } from './security-log.ts';
import { type PlaceOf, type Suspicion, suspicionsOf } from './suspicion.ts';

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

type SignIns = {
  historyOf(userId: number, device: Buffer): Promise<SignInHistory>;
  /** Answers how many other sessions of this person are live. */
  start(
    session: NewSession,
    signIn: { refreshToken: Buffer; device: Buffer; events: NewSecurityEvent[] },
  ): Promise<number>;
};

export type OpenSessionDeps = {
  clock(): Date;
  tokens: Tokens;
  placeOf: PlaceOf;
  signIns: SignIns;
  sessions: { endBeyond(userId: number, limit: number): Promise<string[]> };
  endedSessions: { remember(ids: string[]): Promise<void> };
  inTransaction: InTransaction<{
    signIns: Pick<SignIns, 'start'>;
    outbox: AddEvents;
  }>;
};

type SignIn = { user: User; method: SignInMethod; secondFactor: boolean };

/** Starts a session for a person who has proved who they are, and answers its tokens. */
export const openSession = async (
  deps: OpenSessionDeps,
  visitor: Visitor,
  { user, method, secondFactor }: SignIn,
  history: SignInHistory,
) => {
  const { tokens } = deps;
  const at = deps.clock();
  const suspicions = suspicionsOf(deps.placeOf, history, { address: visitor.address, at });
  const session: NewSession = {
    id: randomUUID(),
    userId: user.id,
    method,
    secondFactor,
    client: visitor.client,
    device: visitor.userAgent,
    address: visitor.address,
    // Two factors given just now are all the proof that we could ask for.
    doubtful: suspicions.length > 0 && !secondFactor,
  };
  const authenticatedAt = Math.floor(at.getTime() / 1000);
  const expiresAt = authenticatedAt + sessionDays * 86_400;
  const proof = { userId: user.id, sessionId: session.id, authenticatedAt };
  const refreshToken = tokens.random();
  // Signed meanwhile: without its row a session is worth nothing.
  const [answered] = await Promise.all([
    answerTokens(tokens, user, proof, { secondFactor, expiresAt }, refreshToken),
    start(deps, visitor, session, suspicions, refreshToken),
  ]);
  return answered;
};

/** Every sign-in is an event; one that does not look like its owner's is told to them as well. */
const start = async (
  deps: OpenSessionDeps,
  visitor: Visitor,
  session: NewSession,
  suspicions: Suspicion[],
  refreshToken: string,
): Promise<void> => {
  const { tokens, sessions, endedSessions } = deps;
  const { id, userId } = session;
  const written = {
    refreshToken: tokens.digest(refreshToken),
    device: tokens.device(visitor),
    events: eventsOf(visitor, session, suspicions),
  };
  const others =
    suspicions.length === 0
      ? await deps.signIns.start(session, written)
      : await deps.inTransaction(async unit => {
          const onlyNew = suspicions.every(suspicion => suspicion === 'new_device');
          await unit.outbox.add(notice(userId, onlyNew ? 'new_device' : 'suspicious_sign_in'));
          return unit.signIns.start(session, written);
        });
  if (others < sessionLimit) return;
  const surplus = await sessions.endBeyond(userId, sessionLimit);
  await endedSessions.remember(surplus.filter(ended => ended !== id));
};

const eventsOf = (
  visitor: Visitor,
  { id, userId, method, secondFactor }: NewSession,
  suspicions: Suspicion[],
): NewSecurityEvent[] => {
  const who = { ...visitor, userId, sessionId: id };
  const details = { method, secondFactor };
  const started = eventOf(who, { type: 'session.started', outcome: 'success', details });
  if (suspicions.length === 0) return [started];
  const reasons = { reasons: suspicions.join(',') };
  return [
    started,
    eventOf(who, { type: 'session.suspicious', outcome: 'success', details: reasons }),
  ];
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
  about: AccountNotice,
  facts: Record<string, string | number> = {},
): NewEvent => ({ topic: 'mail', type: `mail.${about}`, payload: { userId, ...facts } });
