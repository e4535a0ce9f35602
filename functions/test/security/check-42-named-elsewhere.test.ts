import { Firestore } from '@google-cloud/firestore';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DomainEvent } from '../../src/domain/event.ts';
import { type SignedIn, serveAlone, signedInAccount } from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let luis: SignedIn;
let projectId = 0;
let taskId = 0;
const firestore = new Firestore({ projectId: process.env['GCLOUD_PROJECT'] ?? '' });

const call = ({ accessToken: token }: SignedIn, method: string, path: string, body?: unknown) =>
  product.http(method, path, body, { token });

beforeAll(async () => {
  product = await serveAlone();
  luis = await signedInAccount(product);
  projectId = Number((await call(luis, 'POST', '/projects', { name: 'Base' })).body['id']);
  const task = { title: 'Revisar el contrato' };
  taskId = Number((await call(luis, 'POST', `/projects/${projectId}/tasks`, task)).body['id']);
});
afterAll(() => firestore.terminate());

/** Ana writes something that Luis is told of; answers the event of it. */
const commented = async (): Promise<{ ana: SignedIn; event: DomainEvent }> => {
  const ana = await signedInAccount(product);
  await call(ana, 'PATCH', '/auth/me', { fullName: `Ana ${ana.userId}` });
  const body = { email: ana.email, role: 'member' };
  await call(luis, 'POST', `/projects/${projectId}/members`, body);
  const said = await call(ana, 'POST', `/tasks/${taskId}/comments`, { body: 'hola' });
  expect(said.status).toBe(201);
  return { ana, event: await newest('comment.added') };
};

const newest = async (type: string): Promise<DomainEvent> => {
  const { id, payload, occurred_at, project_id } = await product.db
    .selectFrom('outbox')
    .select(['id', 'payload', 'occurred_at', 'project_id'])
    .where('type', '=', type)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const common = { eventId: id, type, projectId: project_id, occurredAt: occurred_at };
  return { ...common, payload: payload as DomainEvent['payload'] };
};

const consumers = async () => (await import('../../src/entry/wiring/background.ts')).background;

const documents = async () => {
  const { docs } = await firestore.collection(`users/${luis.userId}/notifications`).get();
  return docs.map(doc => doc.data());
};

it('takes the name out of notifications that others keep in Firestore', async () => {
  const { ana, event } = await commented();
  const { notifyPeople, mirrorAccount } = await consumers();
  await notifyPeople(event);
  const name = `Ana ${ana.userId}`;
  expect(JSON.stringify(await documents())).toContain(name);
  expect((await call(ana, 'DELETE', '/auth/me')).status).toBe(204);
  const unnamed = await newest('notifications.unnamed');
  await mirrorAccount(unnamed);
  await mirrorAccount(unnamed);
  const left = await documents();
  expect(left).toHaveLength(1);
  expect(left).toMatchObject([{ taskId, actorId: null, actorName: null }]);
  expect(JSON.stringify(left)).not.toContain(name);
});

it('tells people of what somebody did who was erased before they could be told', async () => {
  const { ana, event } = await commented();
  expect((await call(ana, 'DELETE', '/auth/me')).status).toBe(204);
  await (await consumers()).notifyPeople(event);
  const { body } = await call(luis, 'GET', '/notifications?limit=1');
  expect(body['items']).toMatchObject([{ kind: 'commented', actorId: null, actorName: null }]);
});

it('keeps no place of an erased administrator with what they did to others', async () => {
  const admin = await signedInAccount(product);
  const target = await signedInAccount(product);
  const users = product.db.updateTable('users').set({ is_admin: true });
  await users.where('id', '=', admin.userId).execute();
  const path = `/auth/admin/users/${target.userId}/status`;
  expect((await call(admin, 'PUT', path, { status: 'active' })).status).toBe(204);
  const kept = () =>
    product.db
      .selectFrom('security_events')
      .select(['address', 'device'])
      .where('type', '=', 'account.status_changed')
      .where('user_id', '=', target.userId)
      .executeTakeFirstOrThrow();
  expect((await kept()).address).not.toBeNull();
  await call(admin, 'DELETE', '/auth/me');
  expect(await kept()).toEqual({ address: null, device: null });
});
