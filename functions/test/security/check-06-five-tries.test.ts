import { beforeAll, expect, it } from 'vitest';
import {
  freshEmail,
  goodPassword,
  login,
  serveAlone,
  verifiedAccount,
} from '../support/account.ts';
import { person } from '../support/database.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone({ TRUSTED_HOPS: '1', RATE_LIMIT_PER_MINUTE: '400' });
});

const wrong = 'una frase que nadie ha puesto';
const home = { address: '198.51.100.7', agent: 'Home/1' };
let lastAddress = 0;
const elsewhere = () => {
  lastAddress++;
  return { address: `10.7.${lastAddress >> 8}.${lastAddress & 255}`, agent: 'Elsewhere/1' };
};

const account = () => verifiedAccount(product, elsewhere());

const fail = async (email: string, times: number, who = elsewhere()) => {
  for (let tries = 0; tries < times; tries++) await login(product, email, wrong, who);
};

const compared = async (email: string) => {
  const rows = await product.db
    .selectFrom('security_events')
    .innerJoin('users', 'users.id', 'security_events.user_id')
    .select('outcome')
    .where('users.email', '=', email)
    .where('type', '=', 'session.refused')
    .execute();
  return rows.filter(row => row.outcome === 'failure').length;
};

const forgetWindows = async () => {
  const { redis } = await import('../../src/entry/wiring/connections.ts');
  const store = await redis();
  const keys = await store.keys('attempts:login:*');
  if (keys.length > 0) await store.del(...keys);
};

it('refuses the sixth try even when it is right', async () => {
  const email = await account();
  await fail(email, 5);
  expect((await login(product, email, goodPassword, elsewhere())).status).toBe(401);
});

it('lets in again after the window', async () => {
  const email = await account();
  await fail(email, 6);
  await forgetWindows();
  expect((await login(product, email, goodPassword, elsewhere())).status).toBe(200);
});

it('rests an account for a quarter of an hour at most', async () => {
  const email = await account();
  await fail(email, 6);
  const { redis } = await import('../../src/entry/wiring/connections.ts');
  const store = await redis();
  const keys = await store.keys('attempts:login:account:*');
  const left = await Promise.all(keys.map(key => store.ttl(key)));
  for (const seconds of left) expect(seconds).toBeGreaterThan(0);
  expect(Math.max(...left)).toBeLessThanOrEqual(900);
});

it('starts counting anew after a success', async () => {
  const email = await account();
  const who = elsewhere();
  await fail(email, 4, who);
  expect((await login(product, email, goodPassword, who)).status).toBe(200);
  await fail(email, 4, who);
  expect((await login(product, email, goodPassword, who)).status).toBe(200);
});

it('compares no more than five of a burst', async () => {
  const email = await account();
  await Promise.all(Array.from({ length: 50 }, () => login(product, email, wrong, elsewhere())));
  expect(await compared(email)).toBeLessThanOrEqual(5);
});

it('counts one account over a hundred addresses', async () => {
  const email = await account();
  for (let tries = 0; tries < 100; tries++) await login(product, email, wrong, elsewhere());
  expect(await compared(email)).toBe(5);
  expect((await login(product, email, goodPassword, elsewhere())).status).toBe(401);
});

it('throttles one address that tries a hundred accounts, known or not', async () => {
  const known = async () => {
    const email = freshEmail();
    await person(product.db, 'Ana Torres', email);
    return email;
  };
  for (const make of [freshEmail, known]) {
    const who = elsewhere();
    const emails = await Promise.all(Array.from({ length: 105 }, async () => make()));
    const statuses: number[] = [];
    for (const email of emails) statuses.push((await login(product, email, wrong, who)).status);
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
  }
}, 60_000);

it('gives unknown addresses the same budget', async () => {
  const { redis } = await import('../../src/entry/wiring/connections.ts');
  const countFor = async (email: string) => {
    await forgetWindows();
    await fail(email, 3);
    const store = await redis();
    const [key = ''] = await store.keys('attempts:login:account:*');
    return store.get(key);
  };
  expect(await countFor(freshEmail())).toEqual(await countFor(await account()));
});

it('shares its counts between instances', async () => {
  // The count lives in Redis alone: an instance that has just started sees the tries of the others.
  const email = await account();
  await fail(email, 5, home);
  const { attemptBudget } = await import('../../src/adapters/attempts/attempt-budget.ts');
  const { redis } = await import('../../src/entry/wiring/connections.ts');
  const { cipher } = await import('../../src/entry/wiring/tokens.ts');
  const key = cipher().fingerprint('account', email).toString('base64url');
  const another = attemptBudget(redis);
  expect(await another.take(`login:account:${key}`, 5, 900)).toMatchObject({ allowed: false });
});
