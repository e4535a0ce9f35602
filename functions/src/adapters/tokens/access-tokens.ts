import { randomUUID } from 'node:crypto';
import { importJWK, type JWSHeaderParameters, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { accessTokenSeconds, type SessionProof } from '../../domain/session.ts';
import { Failure } from '../../platform/failure.ts';
import { once } from '../../platform/once.ts';
import { type PrivateKey, publicPart } from './private-keys.ts';

const audience = 'pm-bot';
const type = 'at+jwt';
const leewaySeconds = 30;
/** Tokens whose signature was checked lately: checking costs more than all else that a read does here. */
const rememberedTokens = 2_000;
const longestToken = 4_096;

const claims = z.object({
  sub: z.string().regex(/^[1-9]\d{0,15}$/),
  sid: z.uuid(),
  jti: z.string(),
  iat: z.int(),
  exp: z.int(),
  auth_time: z.int(),
});

/** Signs and verifies access tokens (RFC 9068): fifteen minutes, no personal data, one kind of key. */
export const accessTokens = (keys: PrivateKey[], issuer: string) => {
  const published = keys.map(key => publicPart(key, 'sig'));
  const verifiers = new Map(published.map(key => [key.kid, once(() => importJWK(key))]));
  const [signer] = keys;
  if (!signer) throw new Error('No key to sign with');
  const signingKey = once(() => importJWK(signer));
  const algorithms = [...new Set(keys.map(key => key.alg))];
  const verified = new LRUCache<string, { proof: SessionProof; until: number }>({
    max: rememberedTokens,
  });

  // Keys come from here alone: whatever a header embeds or points at is never looked at.
  const keyOf = ({ kid, alg }: JWSHeaderParameters) => {
    const known = keys.find(key => key.kid === kid && key.alg === alg);
    const verifier = known && verifiers.get(known.kid);
    if (!verifier) throw new Failure('unauthenticated');
    return verifier();
  };

  return {
    sign: async ({ userId, sessionId, authenticatedAt }: SessionProof): Promise<string> =>
      new SignJWT({ sid: sessionId, auth_time: authenticatedAt })
        .setProtectedHeader({ alg: signer.alg, kid: signer.kid, typ: type })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(String(userId))
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(`${accessTokenSeconds}s`)
        .sign(await signingKey()),

    verify: async (token: string): Promise<SessionProof> => {
      if (token.length > longestToken) throw new Failure('unauthenticated');
      const known = verified.get(token);
      if (known && known.until > Date.now()) return known.proof;
      try {
        const { payload } = await jwtVerify(token, keyOf, {
          algorithms,
          issuer,
          audience,
          typ: type,
          clockTolerance: leewaySeconds,
          maxTokenAge: accessTokenSeconds,
        });
        const proof = proofOf(payload);
        verified.set(token, { proof, until: Number(payload.exp) * 1_000 });
        return proof;
      } catch (error) {
        throw new Failure('unauthenticated', { cause: error });
      }
    },

    publicKeys: () => published,
  };
};

const proofOf = (payload: JWTPayload): SessionProof => {
  const { sub, sid, iat, exp, auth_time } = claims.parse(payload);
  if (exp - iat > accessTokenSeconds) throw new Error('Lives longer than we ever sign for');
  return { userId: Number(sub), sessionId: sid, authenticatedAt: auth_time };
};
