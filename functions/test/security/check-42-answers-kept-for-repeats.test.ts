import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { freshEmail, type SignedIn, serveAlone, signedInAccount } from '../support/account.ts';
import { hits } from '../support/hits.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let luis: SignedIn;
let members: string;
beforeAll(async () => {
  product = await serveAlone();
  luis = await signedInAccount(product);
  const made = await product.http('POST', '/projects', { name: 'Base' }, from(luis));
  members = `/projects/${made.body['id']}/members`;
});

const from = ({ accessToken: token }: SignedIn) => ({ token });

const addTwice = async (email: string) => {
  const headers = { 'idempotency-key': randomUUID() };
  const add = () =>
    product.http('POST', members, { email, role: 'member' }, { ...from(luis), headers });
  const [first, second] = [await add(), await add()];
  expect(second).toMatchObject({ status: first.status, body: first.body ?? {} });
  return first;
};

it('writes no invited address where a repeat finds its answer', async () => {
  const email = freshEmail();
  expect(await addTwice(email)).toMatchObject({ status: 202, body: { email } });
  expect(await hits(product, email)).toEqual([]);
});

it('leaves nothing of an erased person in the answers that others got', async () => {
  const ana = await signedInAccount(product);
  expect(await addTwice(ana.email)).toMatchObject({ status: 201, body: { email: ana.email } });
  expect((await product.http('DELETE', '/auth/me', undefined, from(ana))).status).toBe(204);
  expect(await hits(product, ana.email)).toEqual([]);
});

it('forgets the answers of a conversation that is removed', async () => {
  const headers = { 'idempotency-key': randomUUID() };
  const said = { text: 'hola' };
  const { body } = await product.http('POST', '/chat/message', said, { ...from(luis), headers });
  const path = `/chat/sessions/${body['sessionId']}`;
  expect((await product.http('DELETE', path, undefined, from(luis))).status).toBe(204);
  expect(await hits(product, String(body['sessionId']))).toEqual([]);
});
