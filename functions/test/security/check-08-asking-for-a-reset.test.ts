import { request } from 'node:http';
import { beforeAll, expect, it } from 'vitest';
import {
  freshEmail,
  lettersTo,
  register,
  serveAlone,
  verifiedAccount,
} from '../support/account.ts';
import { shapeOf, steadyLeaks } from '../support/classifier.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let addresses: Record<string, string>;

beforeAll(async () => {
  product = await serveAlone();
  const googleOnly = await verifiedAccount(product);
  await product.db
    .updateTable('users')
    .set({ password_hash: null, password_pepper: null })
    .where('email', '=', googleOnly)
    .execute();
  const unverified = freshEmail();
  await register(product, unverified);
  const known = await verifiedAccount(product);
  addresses = { unknown: freshEmail(), known, unverified, googleOnly };
});

const forgot = (email: string, headers: Record<string, string> = {}) =>
  product.http('POST', '/auth/forgot-password', { email }, { headers });

it('answers the same for every kind of address', async () => {
  const [first, ...others] = await Promise.all(
    Object.values(addresses).map(async email => shapeOf(await forgot(email))),
  );
  expect(first?.status).toBe(202);
  for (const other of others) expect(other).toEqual(first);
});

it('takes the same time for every kind of address', { timeout: 240_000 }, async () => {
  const arms = Object.entries(addresses).map(([name, email]) => [name, () => forgot(email)]);
  expect(
    await steadyLeaks(Object.fromEntries(arms) as Record<string, () => Promise<unknown>>),
  ).toEqual([]);
});

it('links to the configured origin, whatever the request claims', async () => {
  const email = await verifiedAccount(product);
  const evil = { 'x-forwarded-host': 'evil.test', origin: 'https://evil.test' };
  expect((await forgot(email, evil)).status).toBe(202);
  const letter = (await lettersTo(product, email)).at(-1);
  const origin = process.env['PUBLIC_URL'] ?? '';
  expect(letter?.text).toContain(`${origin}/reset-password#token=`);
  expect(JSON.stringify(letter)).not.toContain('evil.test');
  // The letters of the measurement above are delivered first.
}, 120_000);

/** With a header that fetch does not let anybody set. */
const forgotAt = (host: string, email: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const headers = { host, 'content-type': 'application/json' };
    const url = `${product.url}/auth/forgot-password`;
    request(url, { method: 'POST', headers }, answer => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end(JSON.stringify({ email }));
  });

it('links to the configured origin whatever Host says', async () => {
  const email = await verifiedAccount(product);
  expect(await forgotAt('evil.test', email)).toBe(202);
  const letter = (await lettersTo(product, email)).at(-1);
  expect(letter?.text).toContain(`${process.env['PUBLIC_URL']}/reset-password#token=`);
  expect(JSON.stringify(letter)).not.toContain('evil.test');
});

it('knows no redirect that could be turned', async () => {
  const body = { email: await verifiedAccount(product), redirectTo: 'https://evil.test' };
  expect((await product.http('POST', '/auth/forgot-password', body)).status).toBe(400);
});
