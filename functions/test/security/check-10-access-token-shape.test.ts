import { beforeAll, expect, it } from 'vitest';
import { serveAlone, signedInAccount } from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

const decoded = (part: string | undefined) =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Record<string, unknown>;

it('says whose session it is, for a quarter of an hour, and nothing personal', async () => {
  const { accessToken, userId } = await signedInAccount(product);
  const [head, body] = accessToken.split('.');
  expect(decoded(head)).toEqual({
    typ: 'at+jwt',
    alg: expect.stringMatching(/^(EdDSA|ES256)$/),
    kid: expect.any(String),
  });
  const claims = decoded(body);
  expect(Object.keys(claims).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'aud',
    'auth_time',
    'exp',
    'iat',
    'iss',
    'jti',
    'sid',
    'sub',
  ]);
  expect(claims).toMatchObject({ sub: String(userId), iss: process.env['PUBLIC_URL'] });
  expect(Number(claims['exp']) - Number(claims['iat'])).toBe(900);
});

it('accepts tokens in the header only, never in a URL', async () => {
  const { accessToken } = await signedInAccount(product);
  for (const name of ['access_token', 'token', 'accessToken']) {
    const answer = await product.http('GET', `/auth/me?${name}=${accessToken}`);
    expect(answer.status).toBe(401);
  }
});
