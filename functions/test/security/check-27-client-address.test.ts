import { beforeAll, expect, it } from 'vitest';
import { from, serveAlone, signedInAccount } from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  // One proxy of ours stands in front and appends the address it saw; the caller is 198.51.100.9.
  product = await serveAlone({ TRUSTED_HOPS: '1', RATE_LIMIT_PER_MINUTE: '60' });
});

const real = '198.51.100.9';
let turn = 0;

const headers: Record<string, () => Record<string, string>> = {
  none: () => ({ 'x-forwarded-for': real }),
  'one address before ours': () => ({ 'x-forwarded-for': `1.2.3.4, ${real}` }),
  'a chain': () => ({ 'x-forwarded-for': `1.2.3.4, 10.0.0.1, ::1, ${real}` }),
  garbage: () => ({ 'x-forwarded-for': `<script>, ,,;, ${real}` }),
  'other headers': () => ({
    'x-forwarded-for': real,
    forwarded: 'for=1.2.3.4',
    'x-real-ip': '1.2.3.4',
    'x-client-ip': '1.2.3.4',
    'true-client-ip': '1.2.3.4',
    'fastly-client-ip': '1.2.3.4',
    'x-appengine-user-ip': '1.2.3.4',
  }),
};

for (const [name, make] of Object.entries(headers))
  it(`records the real address with ${name}`, async () => {
    const email = `nobody-${turn++}@example.com`;
    const body = { email, password: 'una frase que nadie ha puesto' };
    await product.http('POST', '/auth/login', body, { headers: make() });
    const { cipher } = await import('../../src/entry/wiring/tokens.ts');
    const event = await product.db
      .selectFrom('security_events')
      .select(['address', 'request_id'])
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const context = `security_events:${event.request_id}`;
    expect(cipher().open(context, event.address ?? '')).toBe(real);
  });

it('counts a rotating header as one client', async () => {
  const statuses: number[] = [];
  for (let count = 0; count < 70; count++) {
    const forged = `10.1.${count}.1, 203.0.113.5`;
    const { status } = await product.http('GET', '/auth/me', undefined, {
      headers: { 'x-forwarded-for': forged },
    });
    statuses.push(status);
  }
  expect(statuses[0]).toBe(401);
  expect(statuses.at(-1)).toBe(429);
});

it('puts what is no address into one bucket with a limit', async () => {
  let last = 0;
  for (let count = 0; count < 70; count++) {
    const { status } = await product.http('GET', '/auth/me', undefined, {
      headers: { 'x-forwarded-for': `1.2.3.4, nonsense-${count}` },
    });
    last = status;
  }
  expect(last).toBe(429);
});

it('shows people the address that was recorded', async () => {
  const address = '192.0.2.61';
  const { accessToken: token } = await signedInAccount(product, { address });
  const who = from({ address, token });
  const { body } = await product.http('GET', '/auth/sessions', undefined, who);
  expect(JSON.stringify(body)).toContain(address);
});
