import type { SessionProof } from '../domain/session.ts';
import { config, trustsAuthEmulator } from '../platform/config.ts';
import { Failure } from '../platform/failure.ts';
import { once } from '../platform/once.ts';
import { accessTokens, endedSessions } from './wiring/tokens.ts';

/**
 * Who a request's credentials speak for: nobody without an `Authorization` header, a failure with a bad
 * one. Takes our access token or a Firebase ID token of a login that we started. Says nothing yet about
 * whether the session still lives.
 */
export const prove = async (
  authorization: string | undefined,
): Promise<SessionProof | undefined> => {
  if (authorization === undefined) return undefined;
  const token = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization.slice(0, 10_000))?.[1];
  if (token === undefined) throw new Failure('unauthenticated');
  return proofOf(token);
};

/** Refuses a session that has ended, at once and whatever its tokens say. */
export const requireLive = async (proof: SessionProof): Promise<void> => {
  if (await (await endedSessions()).has(proof)) throw new Failure('unauthenticated');
};

/** Both together, for connections that stay. */
export const identify = async (
  authorization: string | undefined,
): Promise<SessionProof | undefined> => {
  const proof = await prove(authorization);
  if (proof) await requireLive(proof);
  return proof;
};

const proofOf = async (token: string): Promise<SessionProof> => {
  if (isOwn(token)) return (await accessTokens()).verify(token);
  return (await firebaseTokens())(token);
};

/** Only chooses who verifies: each verifier then insists on its own kind. */
const isOwn = (token: string): boolean => {
  try {
    const header = Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString('utf8');
    return (JSON.parse(header) as { typ?: unknown }).typ === 'at+jwt';
  } catch {
    return true;
  }
};

const firebaseTokens = once(async () => {
  const { firebaseIdTokens } = await import('../adapters/firebase/id-tokens.ts');
  return firebaseIdTokens({ projectId: config().GCLOUD_PROJECT, unsigned: trustsAuthEmulator() });
});
