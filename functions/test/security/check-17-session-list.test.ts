import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { goodPassword, login, serveAlone, sessionOf, signedInAccount } from '../support/account.ts';
import { placesFile } from '../support/places.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone({ TRUSTED_HOPS: '1', PLACES_FILE: await placesFile() });
});

type Item = { id: string; current: boolean };

const list = async (token: string): Promise<Item[]> => {
  const { status, body } = await product.http('GET', '/auth/sessions', undefined, { token });
  expect(status).toBe(200);
  return body['items'] as unknown as Item[];
};

const end = (token: string, id = '') =>
  product.http('DELETE', `/auth/sessions${id && `/${id}`}`, undefined, { token });

it('shows device, address and times, and marks the current one', async () => {
  const { email, accessToken } = await signedInAccount(product);
  await login(product, email);
  const items = await list(accessToken);
  expect(items).toHaveLength(2);
  expect(items.filter(item => item.current)).toHaveLength(1);
  expect(items[0]).toMatchObject({
    device: 'Firefox en Linux',
    address: '127.0.0.1',
    createdAt: expect.any(String),
    lastUsedAt: expect.any(String),
    expiresAt: expect.any(String),
  });
});

it('names the rough place where a table knows it', async () => {
  const known = await signedInAccount(product, { address: '198.51.100.4' });
  expect(await list(known.accessToken)).toMatchObject([{ place: 'Madrid' }]);
  const unknown = await signedInAccount(product, { address: '192.0.2.4' });
  expect(await list(unknown.accessToken)).toMatchObject([{ place: null }]);
});

it('ends all others at once', async () => {
  const { email, accessToken } = await signedInAccount(product);
  const other = sessionOf(await login(product, email));
  expect((await end(accessToken)).status).toBe(204);
  expect(await list(accessToken)).toHaveLength(1);
  const me = await product.http('GET', '/auth/me', undefined, { token: other.accessToken });
  expect(me.status).toBe(401);
});

it("knows nothing of other people's sessions", async () => {
  const [ana, luis] = [await signedInAccount(product), await signedInAccount(product)];
  const [theirs] = await list(luis.accessToken);
  expect((await end(ana.accessToken, theirs?.id)).status).toBe(404);
  expect((await end(ana.accessToken, 'no-id')).status).toBe(400);
  expect(await list(luis.accessToken)).toHaveLength(1);
});

it('asks for a factor again on a stale login', async () => {
  const { accessToken, userId } = await signedInAccount(product);
  await product.db
    .updateTable('sessions')
    .set({ authenticated_at: sql`now() - interval '15 minutes'` })
    .where('user_id', '=', userId)
    .execute();
  expect(await end(accessToken)).toMatchObject({
    status: 403,
    body: { code: 'reauthentication_required' },
  });
  const again = { password: goodPassword };
  await product.http('POST', '/auth/reauthenticate', again, { token: accessToken });
  expect((await end(accessToken)).status).toBe(204);
});

it('keeps twenty sessions at most, the most recently used ones', async () => {
  const { email, accessToken } = await signedInAccount(product);
  let last = '';
  for (let count = 0; count < 20; count++)
    last = sessionOf(await login(product, email)).accessToken;
  expect(await list(last)).toHaveLength(20);
  const me = await product.http('GET', '/auth/me', undefined, { token: accessToken });
  expect(me.status).toBe(401);
}, 60_000);
