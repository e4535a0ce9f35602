import { beforeAll, expect, it } from 'vitest';
import {
  freshEmail,
  goodPassword,
  lettersTo,
  login,
  mailedToken,
  register,
  serveAlone,
  signedInAccount,
} from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

const verify = (token: string) => product.http('POST', '/auth/verify-email', { token });

const registered = async () => {
  const email = freshEmail();
  await register(product, email);
  return { email, token: await mailedToken(product, email) };
};

it('confirms by POST only, and once', async () => {
  const { email, token } = await registered();
  for (const method of ['GET', 'HEAD']) {
    const { status } = await fetch(`${product.url}/auth/verify-email?token=${token}`, { method });
    expect(status).toBe(405);
  }
  expect((await login(product, email)).body['code']).toBe('email_not_verified');
  expect((await verify(token)).status).toBe(204);
  expect((await verify(token)).status).toBe(400);
  expect((await login(product, email)).status).toBe(200);
});

it('takes the newest link only', async () => {
  const { email, token: older } = await registered();
  const asked = await product.http('POST', '/auth/resend-verification', { email });
  expect(asked.status).toBe(202);
  const newer = await mailedToken(product, email);
  expect((await verify(older)).status).toBe(400);
  expect((await verify(newer)).status).toBe(204);
});

it('refuses an expired link', async () => {
  const { email, token } = await registered();
  await product.db
    .updateTable('one_time_tokens')
    .set({ expires_at: new Date(Date.now() - 1000).toISOString() })
    .where('purpose', '=', 'verify_email')
    .execute();
  expect((await verify(token)).status).toBe(400);
  expect((await login(product, email)).status).toBe(403);
});

it('never verifies a new address with a link to the old one', async () => {
  const { email, token } = await registered();
  const moved = freshEmail();
  await product.db.updateTable('users').set({ email: moved }).where('email', '=', email).execute();
  expect((await verify(token)).status).toBe(400);
});

it('keeps one account per address, whatever the case', async () => {
  const email = freshEmail();
  await register(product, email.toUpperCase());
  await register(product, `  ${email} `);
  const { rows } = await countOf(email);
  expect(rows).toBe(1);
});

it('leaves one row and one working password of a race', async () => {
  for (let round = 0; round < 10; round++) {
    const email = freshEmail();
    const answers = await Promise.all(Array.from({ length: 20 }, () => register(product, email)));
    for (const { status } of answers) expect([201, 503]).toContain(status);
    expect((await countOf(email)).rows).toBe(1);
  }
}, 60_000);

const countOf = async (email: string) => {
  const rows = await product.db
    .selectFrom('users')
    .select('id')
    .where('email', '=', email)
    .execute();
  return { rows: rows.length };
};

const injections = [
  { fullName: 'Ana\r\nBcc: eve@evil.test' },
  { fullName: 'Ana, Eve' },
  { fullName: 'Ana <eve@evil.test>' },
  { fullName: 'A'.repeat(400) },
  { email: 'ana@example.com\r\nBcc: eve@evil.test' },
  { email: 'ana@example.com,eve@evil.test' },
  { email: 'Ana <ana@example.com>' },
  { email: `${'a'.repeat(400)}@example.com` },
];

for (const [index, fields] of injections.entries())
  it(`refuses injection ${index + 1} into name or address`, async () => {
    const body = { email: freshEmail(), password: goodPassword, fullName: 'Ana', ...fields };
    expect((await product.http('POST', '/auth/register', body)).status).toBe(400);
    expect(await lettersTo(product, 'eve@evil.test')).toEqual([]);
  });

it('mails tokens of at least 128 bits', async () => {
  const { token } = await registered();
  expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(16);
});

it('cancels nothing and confirms nothing for signed-in people who follow a foreign link', async () => {
  const { accessToken } = await signedInAccount(product);
  const { email, token } = await registered();
  expect(
    (await product.http('POST', '/auth/verify-email', { token }, { token: accessToken })).status,
  ).toBe(204);
  expect((await login(product, email)).status).toBe(200);
});
