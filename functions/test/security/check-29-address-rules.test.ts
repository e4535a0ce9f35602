import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { isBlocked, normalRange } from '../../src/domain/address-rule.ts';
import { from, type SignedIn, serveAlone, signedInAccount } from '../support/account.ts';
import type { Product } from '../support/product.ts';

const home = '198.51.100.20';
let product: Product;
let admin: SignedIn;
beforeAll(async () => {
  product = await serveAlone({ TRUSTED_HOPS: '1' });
  admin = await signedInAccount(product, { address: home });
  await product.db
    .updateTable('users')
    .set({ is_admin: true })
    .where('id', '=', admin.userId)
    .execute();
});

const rules = '/auth/admin/address-rules';
const asAdmin = (method: string, path: string, body?: object) =>
  product.http(method, path, body, from({ address: home, token: admin.accessToken }));
const add = (effect: string, range: string, more = {}) =>
  asAdmin('POST', rules, { effect, range, ...more });

describe('the form of a rule', () => {
  const good: Record<string, string> = {
    '192.0.2.1': '192.0.2.1/32',
    '192.0.2.0/24': '192.0.2.0/24',
    '2001:db8::/32': '2001:db8::/32',
    '::ffff:192.0.2.1': '192.0.2.1/32',
    '::ffff:192.0.2.0/120': '192.0.2.0/24',
  };
  for (const [text, range] of Object.entries(good))
    it(`reads ${text}`, () => {
      expect(normalRange(text)).toBe(range);
    });

  const bad = [
    '010.0.0.1',
    '127.1',
    '192.0.2.0/33',
    '192.0.2.5/24',
    '192.0.2.0/',
    '1.2.3.4/08',
    'x',
  ];
  for (const range of bad)
    it(`refuses ${range}`, async () => {
      expect((await add('deny', range)).status).toBe(400);
    });
});

it('lets deny win over allow, and allow shut out the rest', () => {
  const both = [
    { effect: 'allow', range: '192.0.2.0/24' },
    { effect: 'deny', range: '192.0.2.7/32' },
  ] as const;
  expect(isBlocked(both, '192.0.2.1')).toBe(false);
  expect(isBlocked(both, '::ffff:192.0.2.1')).toBe(false);
  expect(isBlocked(both, '192.0.2.7')).toBe(true);
  expect(isBlocked(both, '198.51.100.1')).toBe(true);
  expect(isBlocked(both, 'unknown')).toBe(true);
  expect(isBlocked([], 'unknown')).toBe(false);
});

it('is for administrators alone', async () => {
  const { accessToken: token } = await signedInAccount(product);
  expect((await product.http('GET', rules, undefined, { token })).status).toBe(403);
  const body = { effect: 'deny', range: '192.0.2.1' };
  expect((await product.http('POST', rules, body, { token })).status).toBe(403);
});

it('shuts a denied address out within ten seconds, whatever it claims', async () => {
  // A network of its own for each run: what was written down is remembered for an hour.
  const network = `203.0.${randomInt(256)}`;
  const added = await add('deny', `${network}.0/24`);
  expect(added.status).toBe(201);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11_000 });
  const call = (forwarded: string) =>
    product.http('GET', '/.well-known/jwks.json', undefined, {
      headers: { 'x-forwarded-for': forwarded },
    });
  expect((await call(`${network}.9`)).status).toBe(403);
  expect((await call(`${home}, ${network}.9`)).status).toBe(403);
  expect((await call(home)).status).toBe(200);
  // Rules that cannot be read any more go on as they were.
  await sql`ALTER TABLE address_rules RENAME TO address_rules_away`.execute(product.db);
  vi.setSystemTime(Date.now() + 11_000);
  expect((await call(`${network}.9`)).status).toBe(403);
  expect((await call(home)).status).toBe(200);
  await sql`ALTER TABLE address_rules_away RENAME TO address_rules`.execute(product.db);
  const id = Number(added.body['id']);
  vi.useRealTimers();
  expect((await asAdmin('DELETE', `${rules}/${id}`)).status).toBe(204);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
  expect((await call(`${network}.9`)).status).toBe(200);
  vi.useRealTimers();
});

it('asks an administrator twice before they shut themselves out', async () => {
  expect((await add('deny', home)).status).toBe(409);
  expect((await add('allow', '192.0.2.0/24')).status).toBe(409);
  expect((await asAdmin('GET', rules)).body['items']).toHaveLength(0);
});

it('writes a block down once per network and hour', async () => {
  const rows = await product.db
    .selectFrom('security_events')
    .select('outcome')
    .where('type', '=', 'address.blocked')
    .execute();
  expect(rows).toEqual([{ outcome: 'blocked' }]);
});

it('makes every edit a security event', async () => {
  const rows = await product.db
    .selectFrom('security_events')
    .select('type')
    .where('type', 'in', ['address_rule.added', 'address_rule.removed'])
    .execute();
  expect(rows.map(({ type }) => type)).toEqual(['address_rule.added', 'address_rule.removed']);
});
