import type { SessionProof } from '../../domain/session.ts';
import { once } from '../../platform/once.ts';

/** Firebase's Admin SDK for logins, loaded when first used. */
export const firebaseAuth = once(async () => {
  const [{ getApps, initializeApp }, { getAuth }] = await Promise.all([
    import('firebase-admin/app'),
    import('firebase-admin/auth'),
  ]);
  const projectId = process.env['GCLOUD_PROJECT'];
  const app = getApps()[0] ?? initializeApp(projectId === undefined ? {} : { projectId });
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
