import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { from, serveAlone } from '../support/account.ts';
import type { Product } from '../support/product.ts';

const perMinute = 100;
/** What the sliding window may admit beyond the limit, as docs/security.md says. */
const slack = 5;

let product: Product;
beforeAll(async () => {
  product = await serveAlone({ TRUSTED_HOPS: '1', RATE_LIMIT_PER_MINUTE: String(perMinute) });
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});

const minute = 60_000;
const anyNetwork = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;

const admitted = async (times: number, address: string, token?: string): Promise<number> => {
  const options = from({ address, ...(token !== undefined && { token }) });
  const answers = await Promise.all(
    Array.from({ length: times }, () => product.http('GET', '/auth/me', undefined, options)),
  );
  return answers.filter(({ status }) => status !== 429).length;
};

it('does not start anew with the minute: two hundred calls around its edge', async () => {
  const address = anyNetwork();
  const edge = Math.ceil(Date.now() / minute) * minute;
  vi.setSystemTime(edge - 1_000);
  const before = await admitted(100, address);
  vi.setSystemTime(edge + 1_000);
  const after = await admitted(100, address);
  expect(before).toBe(perMinute);
  expect(after).toBeLessThanOrEqual(slack);
});

it('lets half of the limit in again half a minute later', async () => {
  const address = anyNetwork();
  const edge = Math.ceil(Date.now() / minute) * minute;
  vi.setSystemTime(edge - 1_000);
  await admitted(100, address);
  vi.setSystemTime(edge + 30_000);
  const later = await admitted(100, address);
  expect(later).toBeGreaterThan(40);
  expect(later).toBeLessThanOrEqual(50 + slack);
});

it('counts two people behind one address for themselves and together', async () => {
  const address = anyNetwork();
  const [ana, luis] = [await product.signedIn('Ana Torres'), await product.signedIn('Luis Paz')];
  expect(await admitted(60, address, ana.accessToken)).toBe(60);
  // Their network has forty left, whoever asks; Ana herself has as many from elsewhere.
  expect(await admitted(60, address, luis.accessToken)).toBe(40);
  expect(await admitted(60, anyNetwork(), ana.accessToken)).toBe(40);
});
