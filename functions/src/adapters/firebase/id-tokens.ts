import {
  createRemoteJWKSet,
  decodeJwt,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { z } from 'zod';
import type { SessionProof } from '../../domain/session.ts';
import { Failure } from '../../platform/failure.ts';

const publicKeys =
  'https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com';
const longestToken = 8_192;
const leewaySeconds = 30;

/** Only logins that we started carry a session: a Firebase user made by other means has none. */
const claims = z.object({
  sub: z.string().regex(/^[1-9]\d{0,15}$/),
  sid: z.uuid(),
  proved: z.int(),
  until: z.int(),
  exp: z.int(),
  iat: z.int(),
});

type Options = {
  projectId: string;
  /** The Auth emulator does not sign its tokens; never set outside local runs. */
  unsigned: boolean;
  keys?: JWTVerifyGetKey;
};

/** Verifies Firebase ID tokens without the Admin SDK, whose loading costs more than the check. */
export const firebaseIdTokens = ({ projectId, unsigned, keys }: Options) => {
  const issuer = `https://securetoken.google.com/${projectId}`;
  const keySet = keys ?? createRemoteJWKSet(new URL(publicKeys), { cooldownDuration: 60_000 });
  const rules = { issuer, audience: projectId, clockTolerance: leewaySeconds };
  return async (token: string): Promise<SessionProof> => {
    if (token.length > longestToken) throw new Failure('unauthenticated');
    try {
      const payload = unsigned
        ? unsignedPayload(token, issuer, projectId)
        : (await jwtVerify(token, keySet, { ...rules, algorithms: ['RS256'] })).payload;
      return proofOf(payload);
    } catch (error) {
      throw new Failure(isAway(error) ? 'unavailable' : 'unauthenticated', { cause: error });
    }
  };
};

/** Google's keys could not be fetched: that says nothing about the token. */
const isAway = (error: unknown): boolean =>
  error instanceof errors.JWKSTimeout || error instanceof TypeError;

const unsignedPayload = (token: string, issuer: string, audience: string): JWTPayload => {
  const payload = decodeJwt(token);
  if (payload.iss !== issuer || payload.aud !== audience) throw new Error('Meant for others');
  return payload;
};

const proofOf = (payload: JWTPayload): SessionProof => {
  const { sub, sid, proved, until, exp, iat } = claims.parse(payload);
  const now = Date.now() / 1000;
  if (exp + leewaySeconds < now || until < now || iat - leewaySeconds > now)
    throw new Error('Not valid at this time');
  return { userId: Number(sub), sessionId: sid, authenticatedAt: proved };
};
