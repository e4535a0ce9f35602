import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { beforeAll, expect, it } from 'vitest';
import { parseSigningKeys } from '../../src/adapters/tokens/signing-keys.ts';
import {
  freshEmail,
  login,
  mailedToken,
  register,
  type SignedIn,
  serveAlone,
  signedInAccount,
} from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let ana: SignedIn;
let sessionId: string;
beforeAll(async () => {
  product = await serveAlone();
  ana = await signedInAccount(product);
  sessionId = String(claimsOf(ana.accessToken)['sid']);
});

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;

const now = () => Math.floor(Date.now() / 1000);

/** A token that our own key has signed, right but for what is changed. */
const signed = async (change: Record<string, unknown>, typ = 'at+jwt'): Promise<string> => {
  const [key] = parseSigningKeys(process.env['TOKEN_KEYS']);
  if (!key) throw new Error('No key');
  const claims = {
    iss: process.env['PUBLIC_URL'] ?? '',
    aud: 'pm-bot',
    sub: String(ana.userId),
    sid: sessionId,
    jti: randomUUID(),
    iat: now() - 10,
    exp: now() + 800,
    auth_time: now() - 10,
    ...change,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ })
    .sign(await importJWK(key));
};

const me = async (token: string) =>
  (await product.http('GET', '/auth/me', undefined, { token })).status;

it('takes the pattern that the cases below are changed from', async () => {
  expect(await me(await signed({}))).toBe(200);
  expect(await me(await signed({ exp: now() - 1, iat: now() - 800 }))).toBe(200);
});

const bad: Record<string, () => Record<string, unknown>> = {
  'exp two minutes past': () => ({ exp: now() - 120, iat: now() - 900 }),
  'nbf in the future': () => ({ nbf: now() + 120 }),
  'iat in the future': () => ({ iat: now() + 120 }),
  'no exp': () => ({ exp: undefined }),
  'exp as text': () => ({ exp: String(now() + 800) }),
  'negative exp': () => ({ exp: -1 }),
  'endless exp': () => ({ exp: 1e300 }),
  'exp of an hour': () => ({ exp: now() + 3600 }),
  'wrong iss': () => ({ iss: 'https://evil.test' }),
  'wrong aud': () => ({ aud: 'somebody-else' }),
  'aud list without us': () => ({ aud: ['a', 'b'] }),
  'no sub': () => ({ sub: undefined }),
  'sub that is no id': () => ({ sub: '1 OR 1=1' }),
  'no session': () => ({ sid: undefined }),
};

for (const [name, change] of Object.entries(bad))
  it(`refuses ${name}`, async () => {
    expect(await me(await signed(change()))).toBe(401);
  });

it('refuses other kinds of JWT under the right key', async () => {
  expect(await me(await signed({}, 'JWT'))).toBe(401);
  expect(await me(await signed({}, 'logout+jwt'))).toBe(401);
});

it('lets no token work outside of its purpose', async () => {
  const email = freshEmail();
  await register(product, email);
  const verifyToken = await mailedToken(product, email);
  await product.http('POST', '/auth/forgot-password', { email: ana.email });
  const resetToken = await mailedToken(product, ana.email);
  const { refreshToken, accessToken } = ana;
  for (const token of [verifyToken, resetToken, refreshToken]) expect(await me(token)).toBe(401);
  const uses: [string, (token: string) => object][] = [
    ['/auth/verify-email', token => ({ token })],
    ['/auth/reset-password', token => ({ token, password: 'una frase larga cualquiera' })],
    ['/auth/email-change/confirm', token => ({ token })],
    ['/auth/email-change/undo', token => ({ token })],
    ['/auth/refresh', token => ({ refreshToken: token })],
    ['/auth/mfa/verify', token => ({ mfaToken: token, code: '123456' })],
  ];
  const home = new Map([
    ['/auth/verify-email', verifyToken],
    ['/auth/reset-password', resetToken],
    ['/auth/refresh', refreshToken],
  ]);
  for (const [path, bodyWith] of uses)
    for (const token of [verifyToken, resetToken, refreshToken, accessToken]) {
      if (home.get(path) === token) continue;
      const { status } = await product.http('POST', path, bodyWith(token));
      expect([400, 401]).toContain(status);
    }
  expect((await product.http('POST', '/auth/verify-email', { token: verifyToken })).status).toBe(
    204,
  );
  expect((await login(product, email)).status).toBe(200);
});
