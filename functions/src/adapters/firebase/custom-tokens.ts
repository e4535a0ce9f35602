import type { SessionProof } from '../../domain/session.ts';
import { once } from '../../platform/once.ts';
import { firebaseApp } from './app.ts';

/** The part of the Admin SDK that knows logins. */
export const firebaseAuth = once(async () => {
  const [app, { getAuth }] = await Promise.all([firebaseApp(), import('firebase-admin/auth')]);
  return getAuth(app);
});

/**
 * Mints the token that signs a phone in to Firebase as this person in this session. Its claims live as long
 * as that Firebase login, so they hold no role: only the session, and when it ends at the latest.
 */
export const mintCustomToken = async (
  { userId, sessionId, authenticatedAt }: SessionProof,
  session: { secondFactor: boolean; expiresAt: number },
): Promise<string> =>
  (await firebaseAuth()).createCustomToken(String(userId), {
    sid: sessionId,
    proved: authenticatedAt,
    until: session.expiresAt,
    mfa: session.secondFactor,
  });
