import { beforeAll, expect, it } from 'vitest';
import { register, serveAlone, signedInAccount } from '../support/account.ts';
import { movableClock } from '../support/moved-clock.ts';
import type { Product } from '../support/product.ts';

const day = 86_400;

let product: Product;
let clock: Awaited<ReturnType<typeof movableClock>>;
beforeAll(async () => {
  product = await serveAlone();
  clock = await movableClock(product);
});

const tables = ['sessions', 'security_events', 'known_devices', 'users', 'exports'] as const;

const counts = async () => {
  const found = await Promise.all(
    tables.map(async table => (await product.db.selectFrom(table).selectAll().execute()).length),
  );
  return Object.fromEntries(tables.map((table, index) => [table, found[index]]));
};

const retain = async (days: number) => {
  await clock.moveTo(days * day + 60);
  const { background } = await import('../../src/entry/wiring/background.ts');
  await background.purgeExpired();
  return counts();
};

it('keeps everything as long as the policy says, and not a day longer', async () => {
  const { accessToken: token } = await signedInAccount(product);
  await product.http('POST', '/auth/me/exports', {}, { token });
  await register(product, 'nadie@example.com');
  const first = await counts();
  expect(first).toEqual({
    sessions: 1,
    security_events: 5,
    known_devices: 1,
    users: 2,
    exports: 1,
  });
  const expired = { ...first, exports: 0 };
  expect(await retain(29)).toEqual(expired);
  expect(await retain(30)).toEqual({ ...expired, users: 1 });
  expect(await retain(36)).toEqual({ ...expired, users: 1 });
  expect(await retain(37)).toEqual({ ...expired, users: 1, sessions: 0 });
  expect(await retain(179)).toMatchObject({ known_devices: 1, security_events: 5 });
  expect(await retain(180)).toMatchObject({ known_devices: 0, security_events: 5 });
  expect(await retain(364)).toMatchObject({ security_events: 5 });
  expect(await retain(365)).toEqual({
    ...expired,
    users: 1,
    sessions: 0,
    known_devices: 0,
    security_events: 0,
  });
});
