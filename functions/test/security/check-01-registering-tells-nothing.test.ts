import { beforeAll, expect, it } from 'vitest';
import {
  freshEmail,
  goodPassword,
  lettersTo,
  login,
  mailedToken,
  otherPassword,
  register,
  serveAlone,
  verifiedAccount,
} from '../support/account.ts';
import { shapeOf, steadyLeaks } from '../support/classifier.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let verified: string;
let unverified: string;
let googleOnly: string;

beforeAll(async () => {
  product = await serveAlone();
  verified = await verifiedAccount(product);
  unverified = freshEmail();
  await register(product, unverified);
  googleOnly = await verifiedAccount(product);
  await product.db
    .updateTable('users')
    .set({ password_hash: null, password_pepper: null })
    .where('email', '=', googleOnly)
    .execute();
});

it('answers the same for new, verified, unverified and Google-only addresses', async () => {
  const known = [verified, unverified, googleOnly, verified.toUpperCase()];
  const expected = shapeOf(await register(product, freshEmail()));
  for (const email of known) expect(shapeOf(await register(product, email))).toEqual(expected);
});

it('takes the same time for all of them', { timeout: 240_000 }, async () => {
  const leaks = await steadyLeaks({
    fresh: () => register(product, freshEmail()),
    verified: () => register(product, verified),
    unverified: () => register(product, unverified),
    googleOnly: () => register(product, googleOnly),
  });
  expect(leaks).toEqual([]);
});

it('tells only the mailbox that there is an account, with no link that changes anything', async () => {
  const email = await verifiedAccount(product);
  await register(product, email, otherPassword);
  const letter = (await lettersTo(product, email)).at(-1);
  expect(letter?.subject).toBe('Ya tienes una cuenta');
  expect(letter?.text).not.toContain('token=');
  expect((await login(product, email, otherPassword)).status).toBe(401);
  expect((await login(product, email)).status).toBe(200);
  // The letters of the measurement above are delivered first.
}, 120_000);

it('trusts neither password when an unverified address is registered twice', async () => {
  const email = freshEmail();
  await register(product, email, otherPassword);
  await register(product, email, goodPassword);
  const token = await mailedToken(product, email);
  expect((await product.http('POST', '/auth/verify-email', { token })).status).toBe(400);
  for (const password of [goodPassword, otherPassword])
    expect((await login(product, email, password)).status).toBe(401);
  const chosen = { token, password: 'la tercera frase es la vencida' };
  expect((await product.http('POST', '/auth/reset-password', chosen)).status).toBe(204);
  expect((await login(product, email, chosen.password)).status).toBe(200);
});
