import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { serveAlone, verifiedAccount } from '../support/account.ts';
import { type Google, gmailPerson, signInWithGoogle, startGoogle } from '../support/google.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let google: Google;
beforeAll(async () => {
  google = await startGoogle();
  product = await serveAlone(google.environment);
});

const enter = async (claims: Record<string, unknown>) => {
  google.become(claims);
  return signInWithGoogle(product);
};

it('knows a person by subject when the address changes', async () => {
  const ana = gmailPerson();
  const first = await enter(ana);
  const second = await enter({ ...ana, email: `${randomUUID()}@gmail.com` });
  expect(second.body['user']?.['id']).toBe(first.body['user']?.['id']);
});

it('keeps two subjects with one address apart', async () => {
  const ana = gmailPerson();
  expect((await enter(ana)).status).toBe(200);
  expect(await enter({ ...ana, sub: randomUUID() })).toMatchObject({
    status: 409,
    body: { code: 'conflict' },
  });
});

for (const [name, verified] of Object.entries({ false: false, absent: undefined, text: 'true' }))
  it(`opens no account when email_verified is ${name}`, async () => {
    expect(await enter({ ...gmailPerson(), email_verified: verified })).toMatchObject({
      status: 403,
      body: { code: 'email_not_verified' },
    });
  });

it('opens no account for an address that Google does not host', async () => {
  const outside = { ...gmailPerson(), email: `${randomUUID()}@example.com` };
  expect((await enter(outside)).status).toBe(403);
  expect((await enter({ ...outside, hd: 'other.example' })).status).toBe(403);
  expect((await enter({ ...outside, hd: 'example.com' })).status).toBe(200);
});

it('signs nobody in by an address that matches', async () => {
  const email = await verifiedAccount(product);
  const answer = await enter({ ...gmailPerson(), email, hd: 'example.com' });
  expect(answer).toMatchObject({ status: 409, body: { code: 'conflict' } });
});
