import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import {
  freshEmail,
  goodPassword,
  login,
  mailedToken,
  otherPassword,
  register,
  serveAlone,
  signedInAccount,
  textOf,
} from '../support/account.ts';
import { type Google, gmailPerson, signInWithGoogle, startGoogle } from '../support/google.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let google: Google;
beforeAll(async () => {
  google = await startGoogle();
  product = await serveAlone(google.environment);
});

const recover = async (email: string) => {
  await product.http('POST', '/auth/forgot-password', { email });
  const token = await mailedToken(product, email);
  const reset = { token, password: otherPassword };
  expect((await product.http('POST', '/auth/reset-password', reset)).status).toBe(204);
};

it('(a) leaves an attacker nothing of an account that its owner enters with Google', async () => {
  const victim = gmailPerson('Ana Torres');
  await register(product, victim.email);
  const link = await mailedToken(product, victim.email);
  google.become(victim);
  expect(await signInWithGoogle(product)).toMatchObject({
    status: 200,
    body: { user: { fullName: 'Ana Torres', emailVerified: true } },
  });
  expect((await login(product, victim.email)).status).toBe(401);
  expect((await product.http('POST', '/auth/verify-email', { token: link })).status).toBe(400);
});

it('(b) gives nobody a session before the mailbox is confirmed, and none survives a reset', async () => {
  const email = freshEmail();
  await register(product, email);
  expect((await login(product, email)).status).toBe(403);
  await recover(email);
  expect((await login(product, email)).status).toBe(401);
  expect((await login(product, email, otherPassword)).status).toBe(200);
});

it("(c) disconnects an attacker's Google account when the owner recovers", async () => {
  const { email, accessToken: token } = await signedInAccount(product);
  const attacker = gmailPerson('Eve');
  const idToken = await google.idToken(attacker);
  const linked = await product.http('POST', '/auth/oauth/google/link', { idToken }, { token });
  expect(linked.status).toBe(204);
  google.become(attacker);
  expect((await signInWithGoogle(product)).body['user']?.['email']).toBe(email);
  await recover(email);
  const after = await signInWithGoogle(product);
  expect(after.body['user']?.['email']).not.toBe(email);
});

it("(d) kills a change to the attacker's mailbox that was pending", async () => {
  const { email, accessToken: token } = await signedInAccount(product);
  const evil = freshEmail();
  await product.http('POST', '/auth/email-change', { email: evil }, { token });
  const change = await mailedToken(product, evil);
  await recover(email);
  const confirm = await product.http('POST', '/auth/email-change/confirm', { token: change });
  expect(confirm.status).toBe(400);
});

it('(e) believes no provider that does not verify addresses', async () => {
  const email = freshEmail();
  google.become({ sub: randomUUID(), email, email_verified: false });
  expect((await signInWithGoogle(product)).status).toBe(403);
  await register(product, email, goodPassword);
  const token = await mailedToken(product, email);
  expect((await product.http('POST', '/auth/verify-email', { token })).status).toBe(204);
  expect((await signInWithGoogle(product)).status).toBe(403);
});

it('refuses to remove the last way in', async () => {
  google.become(gmailPerson());
  const { body } = await signInWithGoogle(product);
  const token = textOf(body['accessToken']);
  const removed = await product.http('DELETE', '/auth/oauth/google', undefined, { token });
  expect(removed).toMatchObject({ status: 409, body: { code: 'conflict' } });
});
