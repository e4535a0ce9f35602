import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import {
  goodPassword,
  lettersTo,
  login,
  serveAlone,
  sessionOf,
  signedInAccount,
  textOf,
} from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

const refresh = (refreshToken: string) => product.http('POST', '/auth/refresh', { refreshToken });

const renewed = async (refreshToken: string) => {
  const { status, body } = await refresh(refreshToken);
  expect(status).toBe(200);
  return textOf(body['refreshToken']);
};

const status = async (token: string) =>
  (await product.http('GET', '/auth/me', undefined, { token })).status;

it('ends the family of a token that comes back, and no other', async () => {
  const { email, accessToken, refreshToken: first } = await signedInAccount(product);
  const beside = sessionOf(await login(product, email));
  const second = await renewed(first);
  const third = await renewed(second);
  expect((await refresh(first)).status).toBe(401);
  expect((await refresh(third)).status).toBe(401);
  expect(await status(accessToken)).toBe(401);
  expect(await status(beside.accessToken)).toBe(200);
  expect((await refresh(beside.refreshToken)).status).toBe(200);
  const events = await product.db
    .selectFrom('security_events')
    .select('outcome')
    .where('type', '=', 'session.refreshed_twice')
    .execute();
  expect(events).toEqual([{ outcome: 'blocked' }]);
  const subjects = (await lettersTo(product, email)).map(({ subject }) => subject);
  expect(subjects).toContain('Cerramos una sesión por seguridad');
});

it('answers a repeat within ten seconds with the same successor, and later ends the family', async () => {
  const { refreshToken } = await signedInAccount(product);
  const next = await renewed(refreshToken);
  expect(await renewed(refreshToken)).toBe(next);
  await sql`UPDATE refresh_tokens SET used_at = used_at - interval '11 seconds'`.execute(
    product.db,
  );
  expect((await refresh(refreshToken)).status).toBe(401);
  expect((await refresh(next)).status).toBe(401);
});

it('gives all of a race the same successor and logs nobody out', async () => {
  for (let round = 0; round < 10; round++) {
    const { refreshToken } = await signedInAccount(product);
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
    expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]));
    const successors = new Set(answers.map(({ body }) => textOf(body['refreshToken'])));
    expect(successors.size).toBe(1);
    expect((await refresh([...successors][0] ?? '')).status).toBe(200);
  }
}, 60_000);

it('ends after seven days however often it was refreshed', async () => {
  const { refreshToken, userId } = await signedInAccount(product);
  const session = () =>
    product.db.selectFrom('sessions').select('expires_at').where('user_id', '=', userId);
  const before = await session().executeTakeFirstOrThrow();
  const next = await renewed(refreshToken);
  expect(await session().executeTakeFirstOrThrow()).toEqual(before);
  const left = Date.parse(before.expires_at) - Date.now();
  expect(left).toBeLessThanOrEqual(7 * 86_400_000);
  await product.db
    .updateTable('sessions')
    .set({ expires_at: sql`now() - interval '1 second'` })
    .where('user_id', '=', userId)
    .execute();
  expect((await refresh(next)).status).toBe(401);
});

it('works for the kind of client that began the session only, which loses nothing by that', async () => {
  const browser = { 'sec-fetch-site': 'same-origin' };
  const as = (headers: Record<string, string>) => (refreshToken: string) =>
    product.http('POST', '/auth/refresh', { refreshToken }, { headers });
  const { email, refreshToken: ofApp } = await signedInAccount(product);
  const body = { email, password: goodPassword };
  const web = await product.http('POST', '/auth/login', body, { headers: browser });
  const ofBrowser = sessionOf(web).refreshToken;
  for (const foreign of [browser, { origin: process.env['ALLOWED_ORIGINS'] ?? '' }])
    expect((await as(foreign)(ofApp)).status).toBe(401);
  expect((await as({})(ofBrowser)).status).toBe(401);
  expect((await as({})(ofApp)).status).toBe(200);
  expect((await as(browser)(ofBrowser)).status).toBe(200);
  const refused = await product.db
    .selectFrom('security_events')
    .select(['outcome', 'details'])
    .where('type', '=', 'session.refused')
    .execute();
  expect(refused).toContainEqual({ outcome: 'blocked', details: { client: 'app' } });
});

it('refuses a disabled account', async () => {
  const { refreshToken, userId } = await signedInAccount(product);
  await product.db
    .updateTable('users')
    .set({ status: 'disabled' })
    .where('id', '=', userId)
    .execute();
  expect((await refresh(refreshToken)).status).toBe(401);
});
