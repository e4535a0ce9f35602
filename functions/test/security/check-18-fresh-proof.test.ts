import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import {
  freshEmail,
  goodPassword,
  lettersTo,
  login,
  otherPassword,
  serveAlone,
  signedInAccount,
} from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

const stale = async () => {
  const session = await signedInAccount(product);
  await product.db
    .updateTable('sessions')
    .set({ authenticated_at: sql`now() - interval '15 minutes'` })
    .where('user_id', '=', session.userId)
    .execute();
  return session;
};

const changes: [string, string, object?][] = [
  ['POST', '/auth/change-password', { currentPassword: goodPassword, newPassword: otherPassword }],
  ['POST', '/auth/email-change', { email: 'otra@example.com' }],
  ['POST', '/auth/mfa/totp', {}],
  ['POST', '/auth/mfa/totp/confirm', { code: '123456' }],
  ['POST', '/auth/mfa/totp/disable', { password: goodPassword, code: '123456' }],
  ['POST', '/auth/mfa/recovery-codes', {}],
  ['POST', '/auth/oauth/google/link', { idToken: 'x' }],
  ['DELETE', '/auth/oauth/google'],
  ['POST', '/auth/me/exports', {}],
  ['DELETE', '/auth/sessions'],
  ['DELETE', '/auth/me'],
];

for (const [method, path, body] of changes)
  it(`asks again before ${method} ${path}`, async () => {
    const { accessToken: token } = await stale();
    expect(await product.http(method, path, body, { token })).toMatchObject({
      status: 403,
      body: { code: 'reauthentication_required' },
    });
  });

it('counts wrong proofs and takes the right one', async () => {
  const { accessToken: token } = await stale();
  const prove = (password: string) =>
    product.http('POST', '/auth/reauthenticate', { password }, { token });
  expect((await prove('una frase que no es la mia')).status).toBe(401);
  expect((await prove(goodPassword)).status).toBe(204);
  expect((await product.http('POST', '/auth/me/exports', {}, { token })).status).toBe(201);
  for (let tries = 0; tries < 5; tries++) await prove('una frase que no es la mia');
  expect((await prove(goodPassword)).status).toBe(429);
});

it('wants the old password for a new one, however fresh the login', async () => {
  const { accessToken: token } = await signedInAccount(product);
  const change = { newPassword: otherPassword };
  const without = await product.http('POST', '/auth/change-password', change, { token });
  expect(without.status).toBe(400);
});

it('moves no account to a mailbox that never confirms, and tells the old one', async () => {
  const { email, accessToken: token } = await signedInAccount(product);
  await product.http('POST', '/auth/email-change', { email: freshEmail() }, { token });
  expect((await login(product, email)).status).toBe(200);
  const letter = (await lettersTo(product, email)).at(-1);
  expect(letter?.subject).toBe('Alguien quiere cambiar el correo de tu cuenta');
  expect(letter?.text).toContain('/undo-email-change#token=');
});
