import { randomUUID } from 'node:crypto';
import type { Database } from '../../src/data/database.ts';
import { accessTokens, cipher } from '../../src/entry/wiring/tokens.ts';

export type User = { userId: number; sessionId: string; accessToken: string; idToken: string };

const sevenDays = 7 * 24 * 3600;

/** A live session of a person, without the detour over mail and password. */
export const sessionFor = async (db: Database, userId: number): Promise<User> => {
  const sessionId = randomUUID();
  const now = Math.floor(Date.now() / 1000);
  await db
    .insertInto('sessions')
    .values({
      id: sessionId,
      user_id: userId,
      method: 'password',
      device: cipher().seal(`sessions.device:${sessionId}`, 'test'),
      address: cipher().seal(`sessions.address:${sessionId}`, '127.0.0.1'),
      expires_at: new Date((now + sevenDays) * 1000).toISOString(),
    })
    .execute();
  const proof = { userId, sessionId, authenticatedAt: now };
  const accessToken = await (await accessTokens()).sign(proof);
  return { userId, sessionId, accessToken, idToken: idTokenOf(proof, now) };
};

type Proof = { userId: number; sessionId: string; authenticatedAt: number };

/** An ID token as the Auth emulator mints them: right claims, no signature. */
const idTokenOf = ({ userId, sessionId, authenticatedAt }: Proof, now: number): string => {
  const project = process.env['GCLOUD_PROJECT'] ?? '';
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: `https://securetoken.google.com/${project}`,
    aud: project,
    sub: String(userId),
    iat: now,
    exp: now + 3600,
    auth_time: now,
    sid: sessionId,
    proved: authenticatedAt,
    until: now + sevenDays,
    mfa: false,
  };
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
};
