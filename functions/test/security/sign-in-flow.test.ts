import { beforeAll, expect, it } from 'vitest';
import {
  freshEmail,
  goodPassword,
  lettersTo,
  login,
  mailedToken,
  register,
  serveAlone,
  textOf,
} from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

it('leads from registering over the mailbox to a session, and out again', async () => {
  const email = freshEmail();
  expect(await register(product, email)).toMatchObject({
    status: 201,
    body: { status: 'pending_verification', email },
  });
  expect((await login(product, email)).body['code']).toBe('email_not_verified');
  const token = await mailedToken(product, email);
  expect((await product.http('POST', '/auth/verify-email', { token })).status).toBe(204);

  const signedIn = await login(product, email);
  expect(signedIn).toMatchObject({
    status: 200,
    body: {
      tokenType: 'Bearer',
      expiresIn: 900,
      user: { email, fullName: 'Ana Torres', status: 'active', emailVerified: true, locale: 'es' },
    },
  });
  const access = textOf(signedIn.body['accessToken']);
  const me = await product.http('GET', '/auth/me', undefined, { token: access });
  expect(me).toMatchObject({ status: 200, body: { email } });

  const refreshToken = textOf(signedIn.body['refreshToken']);
  const renewed = await product.http('POST', '/auth/refresh', { refreshToken });
  expect(renewed.status).toBe(200);
  const newAccess = textOf(renewed.body['accessToken']);

  expect((await product.http('POST', '/auth/logout', {}, { token: newAccess })).status).toBe(204);
  for (const old of [access, newAccess])
    expect((await product.http('GET', '/auth/me', undefined, { token: old })).status).toBe(401);
  const successor = { refreshToken: textOf(renewed.body['refreshToken']) };
  expect((await product.http('POST', '/auth/refresh', successor)).status).toBe(401);
});

it('writes to people in the language they registered in', async () => {
  const email = freshEmail();
  await product.http(
    'POST',
    '/auth/register',
    { email, password: goodPassword, fullName: 'Ann Lee' },
    { headers: { 'accept-language': 'en-GB' } },
  );
  const [letter] = await lettersTo(product, email);
  expect(letter?.subject).toBe('Confirm your e-mail');
  expect(letter?.html).toContain('Confirm my e-mail');
});

it('publishes the keys that verify its tokens, and only their public part', async () => {
  const { status, body } = await product.http('GET', '/.well-known/jwks.json');
  expect(status).toBe(200);
  const [key] = body['keys'] as unknown as Record<string, string>[];
  expect(key).toMatchObject({ use: 'sig', alg: expect.any(String), kid: expect.any(String) });
  expect(key).not.toHaveProperty('d');
});
