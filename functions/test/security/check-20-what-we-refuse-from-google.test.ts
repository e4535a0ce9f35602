import { generateKeyPairSync, sign } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { serveAlone, signedInAccount } from '../support/account.ts';
import {
  arrive,
  consent,
  depart,
  type Google,
  gmailPerson,
  signInWithGoogle,
  startGoogle,
} from '../support/google.ts';
import type { Answer, Product } from '../support/product.ts';

let product: Product;
let google: Google;
beforeAll(async () => {
  google = await startGoogle();
  product = await serveAlone(google.environment);
});
beforeEach(() => google.become(gmailPerson()));

const counts = async () => {
  const count = async (table: 'sessions' | 'security_events') =>
    (await product.db.selectFrom(table).select('id').execute()).length;
  return { sessions: await count('sessions'), events: await count('security_events') };
};

const refusesOnce = async (work: () => Promise<{ status: number; location: string | null }>) => {
  const before = await counts();
  const { status, location } = await work();
  expect([400, 401]).toContain(status);
  expect(location).toBeNull();
  const after = await counts();
  expect(after.sessions).toBe(before.sessions);
  expect(after.events).toBe(before.events + 1);
};

it('signs in whom the provider vouches for', async () => {
  const answer = await signInWithGoogle(product);
  expect(answer).toMatchObject({ status: 200, body: { tokenType: 'Bearer' } });
});

it('refuses a missing, unknown, reused or foreign state', async () => {
  const { cookie } = await depart(product);
  await refusesOnce(() => arrive(product, new URLSearchParams({ code: 'x' }), cookie));
  const unknown = new URLSearchParams({ code: 'x', state: 'nobody-knows-this-one' });
  await refusesOnce(() => arrive(product, unknown, cookie));

  const used = await depart(product);
  const query = await consent(used);
  expect((await arrive(product, query, used.cookie)).status).toBe(200);
  await refusesOnce(() => arrive(product, query, used.cookie));

  const other = await depart(product);
  const theirs = await consent(await depart(product));
  await refusesOnce(() => arrive(product, theirs, other.cookie));
  await refusesOnce(async () => arrive(product, await consent(await depart(product))));
});

it('refuses a code that was used before, and an answer of another issuer', async () => {
  const first = await depart(product);
  const code = (await consent(first)).get('code') ?? '';
  expect(
    (await arrive(product, new URLSearchParams({ code, state: stateOf(first.url) }), first.cookie))
      .status,
  ).toBe(200);
  const second = await depart(product);
  const replay = new URLSearchParams({ code, state: stateOf(second.url) });
  await refusesOnce(() => arrive(product, replay, second.cookie));

  const third = await depart(product);
  const query = await consent(third);
  query.set('iss', 'https://evil.test');
  await refusesOnce(() => arrive(product, query, third.cookie));
});

const stateOf = (url: URL): string => url.searchParams.get('state') ?? '';

const lies: Record<string, object> = {
  'another nonce': { nonce: 'somebody-elses' },
  'another audience': { aud: 'another-client' },
  'another issuer': { iss: 'https://evil.test' },
  'an expired token': { exp: Math.floor(Date.now() / 1000) - 600 },
  'no subject': { sub: undefined },
};

for (const [name, lie] of Object.entries(lies))
  it(`refuses ${name}`, async () => {
    google.become({ ...gmailPerson(), ...lie });
    await expect(refusesOnce(() => signInWithGoogle(product))).resolves.toBeUndefined();
  });

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

const forgeries: Record<string, (idToken: string) => string> = {
  'an unsigned token': idToken => `${part({ alg: 'none' })}.${idToken.split('.')[1]}.`,
  'a token under a foreign key': idToken => {
    const [head = '', body = ''] = idToken.split('.');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const signature = sign('sha256', Buffer.from(`${head}.${body}`), privateKey);
    return `${head}.${body}.${signature.toString('base64url')}`;
  },
};

for (const [name, forge] of Object.entries(forgeries))
  it(`refuses ${name}`, async () => {
    google.become(gmailPerson(), forge);
    await expect(refusesOnce(() => signInWithGoogle(product))).resolves.toBeUndefined();
  });

it('never shows an error text of the provider', async () => {
  const { url, cookie } = await depart(product);
  const error = '<script>alert(1)</script>';
  const query = new URLSearchParams({ error, state: stateOf(url) });
  const answer = await arrive(product, query, cookie);
  expect(answer.status).toBe(401);
  expect(JSON.stringify(answer.body)).not.toContain('script');
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
});

const targets = [
  '//evil',
  '/\\evil',
  'https:evil',
  '/%2f%2fevil',
  '/app\r\nX: y',
  'https://evil.test',
];

for (const target of targets)
  it(`does not lead to ${JSON.stringify(target)}`, async () => {
    const query = `?returnTo=${encodeURIComponent(target)}`;
    const response = await fetch(`${product.url}/auth/oauth/google${query}`, {
      redirect: 'manual',
    });
    expect(response.status).toBe(400);
  });

it('hands a page its session over without putting a token into a URL', async () => {
  const departure = await depart(product, '?returnTo=/app');
  const { status, location } = await arrive(product, await consent(departure), departure.cookie);
  expect(status).toBe(302);
  const handoff = /^\/app#handoff=([\w-]+)$/.exec(location ?? '')?.[1];
  const exchange = (cookie: string) =>
    product.http('POST', '/auth/oauth/google/callback', { handoff }, { headers: { cookie } });
  expect((await exchange(departure.cookie)).status).toBe(200);
  expect((await exchange(departure.cookie)).status).toBe(401);
});

it('writes down what it refuses of a phone, of an address that is taken and of a disabled account', async () => {
  const refused = async (work: () => Promise<Answer>, status: number) => {
    const { rows: before } = await refusals();
    expect((await work()).status).toBe(status);
    const { rows } = await refusals();
    expect(rows).toHaveLength(before.length + 1);
    return rows.at(-1);
  };
  const phone = (idToken: string) => () => product.http('POST', '/auth/oauth/google', { idToken });
  expect(await refused(phone('x.y.z'), 401)).toMatchObject({ user_id: null });

  const owner = await signedInAccount(product);
  const sameAddress = { ...gmailPerson(), email: owner.email, hd: 'example.com' };
  const taken = await google.idToken(sameAddress);
  expect(await refused(phone(taken), 409)).toMatchObject({ details: { reason: 'conflict' } });

  const { accessToken: token, userId } = owner;
  const link = (idToken: string) => () =>
    product.http('POST', '/auth/oauth/google/link', { idToken }, { token });
  expect(await refused(link('x.y.z'), 401)).toMatchObject({ user_id: userId });
  expect((await link(taken)()).status).toBe(204);
  await sql`UPDATE users SET status = 'disabled' WHERE id = ${userId}`.execute(product.db);
  expect(await refused(phone(taken), 401)).toMatchObject({ user_id: userId });
});

const refusals = () =>
  sql<{ user_id: number | null; details: object }>`
    SELECT user_id, details FROM security_events
    WHERE type = 'google.refused' ORDER BY id`.execute(product.db);
