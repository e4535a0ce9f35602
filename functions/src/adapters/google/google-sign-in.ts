import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Configuration } from 'openid-client';
import {
  type GoogleChecks,
  type GoogleIdentity,
  googleIdentity,
} from '../../domain/google-identity.ts';
import { Failure } from '../../platform/failure.ts';
import { log } from '../../platform/log.ts';
import { once } from '../../platform/once.ts';

type Options = {
  issuer: string;
  clientId: string | undefined;
  clientSecret: string | undefined;
  mobileClientIds: string[];
  redirectUri: string;
  /** Plain HTTP, for the stand-in of tests and local runs. */
  insecure: boolean;
};

const leewaySeconds = 30;

type Client = () => Promise<Configuration>;

/** OpenID Connect with Google: code flow with PKCE for browsers, ID tokens for phones. */
export const googleSignIn = (options: Options) => {
  const client = once(() => discover(options));
  return { ...browserFlow(client, options), ...idTokens(client, options) };
};

const browserFlow = (client: Client, { redirectUri }: Options) => ({
  begin: async (): Promise<{ url: string; checks: GoogleChecks }> => {
    const oidc = await import('openid-client');
    const checks = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    const url = oidc.buildAuthorizationUrl(await client(), {
      redirect_uri: redirectUri,
      scope: 'openid email profile',
      response_type: 'code',
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, checks };
  },

  complete: async (
    answer: Record<string, string>,
    checks: GoogleChecks,
  ): Promise<GoogleIdentity> => {
    const { authorizationCodeGrant } = await import('openid-client');
    const url = new URL(`${redirectUri}?${new URLSearchParams(answer).toString()}`);
    const configuration = await client();
    const tokens = await refused(
      authorizationCodeGrant(configuration, url, {
        expectedState: checks.state,
        expectedNonce: checks.nonce,
        pkceCodeVerifier: checks.verifier,
        idTokenExpected: true,
      }),
    );
    const claims = tokens.claims();
    if (!claims) throw new Failure('unauthenticated');
    return googleIdentity(claims.iss, claims.sub, { ...claims });
  },
});

const idTokens = (client: Client, { issuer, clientId, mobileClientIds }: Options) => {
  const keys = once(async (): Promise<JWTVerifyGetKey> => {
    const { jwks_uri: uri } = (await client()).serverMetadata();
    if (!uri) throw new Failure('unavailable');
    return createRemoteJWKSet(new URL(uri), { cooldownDuration: 60_000 });
  });
  return {
    /** Verifies an ID token that a phone got for itself. */
    verifyIdToken: async (idToken: string): Promise<GoogleIdentity> => {
      const { payload } = await refused(
        jwtVerify(idToken, await keys(), {
          issuer: [issuer, issuer.replace('https://', '')],
          audience: [clientId, ...mobileClientIds].filter(id => id !== undefined),
          algorithms: ['RS256'],
          clockTolerance: leewaySeconds,
          requiredClaims: ['sub', 'exp', 'iat'],
          maxTokenAge: 3_600,
        }),
      );
      return googleIdentity(issuer, payload.sub ?? '', { ...payload });
    },
  };
};

/** Whatever is wrong with what came from outside, the answer is the same; the log keeps the kind. */
const refused = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : undefined;
    log.warn('google.refused', { reason });
    throw new Failure('unauthenticated', { cause: error });
  }
};

const notSetUp = {
  es: 'Aquí no se puede entrar con Google todavía.',
  en: 'Signing in with Google is not set up here yet.',
};

const discover = async ({ issuer, clientId, clientSecret, insecure }: Options) => {
  if (!clientId) throw new Failure('not_found', { detail: notSetUp });
  const { allowInsecureRequests, discovery, enableNonRepudiationChecks } = await import(
    'openid-client'
  );
  const execute: ((configuration: Configuration) => void)[] = [
    // Verifies the ID token's signature too, not only the connection that it came by.
    enableNonRepudiationChecks,
    ...(insecure ? [allowInsecureRequests] : []),
  ];
  try {
    return await discovery(new URL(issuer), clientId, clientSecret, undefined, { execute });
  } catch (error) {
    throw new Failure('unavailable', { retryAfter: 10, cause: error });
  }
};
