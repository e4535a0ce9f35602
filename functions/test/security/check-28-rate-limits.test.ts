import { randomInt } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { serveAlone } from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone({ TRUSTED_HOPS: '1', RATE_LIMIT_PER_MINUTE: '100' });
});

const anyNetwork = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;

const call = (address: string, token?: string) =>
  product.http('GET', '/auth/me', undefined, { token, headers: { 'x-forwarded-for': address } });

const minuteMs = 60_000;
const burstMs = 10_000;

/** At the edge of a minute the sliding window forgets a little between one call and the next. */
const awayFromTheEdge = async (): Promise<void> => {
  const left = minuteMs - (Date.now() % minuteMs);
  if (left < burstMs) await new Promise(resolve => setTimeout(resolve, left + 100));
};

const burst = async (times: number, addressOf: (index: number) => string, token?: string) => {
  await awayFromTheEdge();
  const answers = [];
  for (let index = 0; index < times; index++) answers.push(await call(addressOf(index), token));
  return answers;
};

it('refuses the 101st call of a minute from one address', async () => {
  const address = anyNetwork();
  const answers = await burst(101, () => address);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
  const last = answers.at(-1);
  expect(last).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
});

it('counts a person over ten addresses', async () => {
  const { accessToken } = await product.signedIn('Ana Torres');
  const network = randomInt(256);
  const answers = await burst(101, index => `10.77.${network}.${1 + (index % 10)}`, accessToken);
  expect(answers.at(-1)?.status).toBe(429);
});

it('takes one /64 for one client, and ::ffff: for the address behind it', async () => {
  const prefix = `2001:db8:${randomInt(0x1000, 0xffff).toString(16)}:1`;
  const sixes = await burst(101, index => `${prefix}::${(index + 1).toString(16)}`);
  expect(sixes.at(-1)?.status).toBe(429);
  const four = anyNetwork();
  const mixed = await burst(101, index => (index % 2 ? four : `::ffff:${four}`));
  expect(mixed.at(-1)?.status).toBe(429);
});

it('admits no more of a burst of 300 than the limit', async () => {
  const address = anyNetwork();
  await awayFromTheEdge();
  const answers = await Promise.all(Array.from({ length: 300 }, () => call(address)));
  expect(answers.filter(({ status }) => status !== 429).length).toBeLessThanOrEqual(100);
});

it('refuses to sign anybody in while its counters are away, and serves the rest', async () => {
  const { accessToken } = await product.signedIn('Luis Paz');
  const { redis } = await import('../../src/entry/wiring/connections.ts');
  const { client } = (await redis()) as unknown as { client: { request: unknown } };
  const { request } = client;
  client.request = () => Promise.reject(new Error('away'));
  try {
    const body = { email: 'ana@example.com', password: 'una frase que nadie ha puesto' };
    const signIn = await product.http('POST', '/auth/login', body);
    expect(signIn.status).toBeGreaterThanOrEqual(500);
    expect((await call(anyNetwork(), accessToken)).status).toBe(200);
  } finally {
    client.request = request;
  }
});
