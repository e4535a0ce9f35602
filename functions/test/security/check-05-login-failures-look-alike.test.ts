import { beforeAll, expect, it } from 'vitest';
import {
  freshEmail,
  from,
  goodPassword,
  register,
  serveAlone,
  verifiedAccount,
} from '../support/account.ts';
import { shapeOf, steadyLeaks } from '../support/classifier.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let cases: Record<string, { email: string; password: string }>;

const wrong = 'una frase que nadie ha puesto';
let turn = 0;

// Each try comes from a device of its own, so that only what the case is about makes a difference.
const attempt = ({ email, password }: { email: string; password: string }) => {
  turn++;
  return product.http('POST', '/auth/login', { email, password }, from({ agent: `probe ${turn}` }));
};

beforeAll(async () => {
  product = await serveAlone();
  const account = () => verifiedAccount(product);
  const [known, locked, disabled, googleOnly] = [
    await account(),
    await account(),
    await account(),
    await account(),
  ];
  const unverified = freshEmail();
  await register(product, unverified);
  const change = (email: string) => product.db.updateTable('users').where('email', '=', email);
  await change(disabled).set({ status: 'disabled' }).execute();
  await change(googleOnly).set({ password_hash: null, password_pepper: null }).execute();
  for (let tries = 0; tries < 6; tries++) await attempt({ email: locked, password: wrong });
  cases = {
    unknown: { email: freshEmail(), password: wrong },
    known: { email: known, password: wrong },
    locked: { email: locked, password: goodPassword },
    disabled: { email: disabled, password: goodPassword },
    googleOnly: { email: googleOnly, password: goodPassword },
    unverified: { email: unverified, password: wrong },
  };
});

it('gives one answer for every reason', async () => {
  const answers = await Promise.all(Object.values(cases).map(attempt));
  const [first, ...others] = answers.map(shapeOf);
  expect(first).toMatchObject({ status: 401, rest: { code: 'invalid_credentials' } });
  for (const other of others) expect(other).toEqual(first);
});

it('takes one time for every reason', { timeout: 240_000 }, async () => {
  const arms = Object.entries(cases).map(([name, input]) => [name, () => attempt(input)] as const);
  expect(await steadyLeaks(Object.fromEntries(arms))).toEqual([]);
});

it('tells the state of an account only to who knows its password', async () => {
  const email = freshEmail();
  await register(product, email);
  expect(await attempt({ email, password: goodPassword })).toMatchObject({
    status: 403,
    body: { code: 'email_not_verified' },
  });
});
