import argon2 from 'argon2';
import { beforeAll, expect, it } from 'vitest';
import { goodPassword, login, serveAlone, verifiedAccount } from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

const stored = async (email: string) => {
  const { password_hash } = await product.db
    .selectFrom('users')
    .select('password_hash')
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
  return password_hash ?? '';
};

const plantWeak = async (email: string): Promise<string> => {
  const hash = await argon2.hash(goodPassword, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
  await product.db
    .updateTable('users')
    .set({ password_hash: hash, password_pepper: null })
    .where('email', '=', email)
    .execute();
  return hash;
};

const parts = (hash: string) => {
  const [, , , , salt = '', tag = ''] = hash.split('$');
  return { salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') };
};

const current = /^\$argon2id\$v=19\$m=19456,p=1,t=2\$/;

it('stores Argon2id at current strength under a salt of its own', async () => {
  const hashes = [
    await stored(await verifiedAccount(product)),
    await stored(await verifiedAccount(product)),
  ];
  for (const hash of hashes) {
    expect(hash).toMatch(current);
    expect(parts(hash)).toMatchObject({ salt: { length: 16 }, tag: { length: 32 } });
  }
  expect(parts(hashes[0] ?? '').salt).not.toEqual(parts(hashes[1] ?? '').salt);
});

it('mixes in a pepper that the database does not know', async () => {
  const hash = await stored(await verifiedAccount(product));
  expect(await argon2.verify(hash, goodPassword)).toBe(false);
});

it('upgrades a weaker hash at the next good sign-in, and only then', async () => {
  const email = await verifiedAccount(product);
  const weak = await plantWeak(email);
  expect((await login(product, email, 'otra cosa muy distinta')).status).toBe(401);
  expect(await stored(email)).toBe(weak);
  expect((await login(product, email)).status).toBe(200);
  expect(await stored(email)).toMatch(current);
  expect((await login(product, email)).status).toBe(200);
});

it('answers fifty sign-ins at once within its memory', async () => {
  const emails = await Promise.all(Array.from({ length: 5 }, () => verifiedAccount(product)));
  const before = process.memoryUsage().rss;
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => login(product, emails[index % 5] ?? '')),
  );
  // Some accounts run out of tries that are under way at once; nobody is left without an answer.
  for (const { status } of answers) expect([200, 401, 503]).toContain(status);
  expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
});
