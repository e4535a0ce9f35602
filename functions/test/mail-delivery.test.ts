import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { listenHere } from '../../dev/ports.ts';
import type { DomainEvent } from '../src/domain/event.ts';
import { freshEmail, register, serveAlone } from './support/account.ts';
import type { Product } from './support/product.ts';

let answer: number | undefined;
let received: string[] = [];
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: (_address, _session, done) =>
    answer === undefined ? done() : done(Object.assign(new Error('no'), { responseCode: answer })),
  onData: (stream, session, done) => {
    stream.resume();
    stream.on('end', () => {
      received.push(...session.envelope.rcptTo.map(({ address }) => address));
      done();
    });
  },
});

let product: Product;
beforeAll(async () => {
  const port = await listenHere(smtp.server);
  product = await serveAlone({ SMTP_URL: `smtp://127.0.0.1:${port}` });
});
afterAll(() => new Promise<void>(resolve => smtp.close(() => resolve())));
beforeEach(() => {
  answer = undefined;
  received = [];
});

/** The newest event that asks for mail, as Pub/Sub delivers it again and again. */
const newestEvent = async (): Promise<DomainEvent> => {
  const { id, type, payload, occurred_at } = await product.db
    .selectFrom('outbox')
    .selectAll()
    .where('topic', '=', 'mail')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const common = { eventId: id, type, projectId: null, occurredAt: occurred_at };
  return { ...common, payload: payload as DomainEvent['payload'] };
};

const deliver = async (event: DomainEvent): Promise<'done' | 'again'> => {
  const { background } = await import('../src/entry/wiring/background.ts');
  return background.sendMail(event).then(
    () => 'done',
    () => 'again',
  );
};

const registered = async () => {
  const email = freshEmail();
  await register(product, email);
  return { email, event: await newestEvent() };
};

const administrator = async () => {
  const { userId, accessToken } = await product.signedIn('Ana Torres');
  await sql`UPDATE users SET is_admin = TRUE WHERE id = ${userId}`.execute(product.db);
  return (method: string, path: string, body?: unknown) =>
    product.http(method, path, body, { token: accessToken });
};

it('outlasts a mail server that is down for longer than the hourly cap of mails', async () => {
  const { email, event } = await registered();
  answer = 451;
  for (let tries = 0; tries < 8; tries++) expect(await deliver(event)).toBe('again');
  answer = undefined;
  expect(await deliver(event)).toBe('done');
  expect(received).toEqual([email]);
  const call = await administrator();
  const { body } = await call('GET', '/auth/admin/failed-mails');
  expect(body['items']).not.toContainEqual(expect.objectContaining({ id: event.eventId }));
});

it('gives up on a mailbox that does not exist, and shows it to administrators', async () => {
  const { email, event } = await registered();
  answer = 550;
  expect(await deliver(event)).toBe('done');
  const call = await administrator();
  const { body } = await call('GET', '/auth/admin/failed-mails?limit=1');
  expect(body['items']).toMatchObject([
    { id: event.eventId, type: 'mail.verify_email', attempts: 1, reason: '550' },
  ]);
  expect(body['items']?.[0]).toMatchObject({ givenUpAt: expect.any(String) });
  expect(JSON.stringify(body)).not.toContain(email);
});

it('gives up six hours after the first failure', async () => {
  const { event } = await registered();
  answer = 451;
  expect(await deliver(event)).toBe('again');
  await sql`UPDATE failed_mails SET first_failed_at = now() - interval '361 minutes'
    WHERE event_id = ${event.eventId}`.execute(product.db);
  expect(await deliver(event)).toBe('done');
});

it('sends again what an administrator asks for, once', async () => {
  const { email, event } = await registered();
  answer = 550;
  await deliver(event);
  answer = undefined;
  const call = await administrator();
  const path = '/auth/admin/failed-mails/send';
  expect(await call('POST', path, { ids: [event.eventId] })).toMatchObject({
    status: 202,
    body: { queued: 1 },
  });
  expect((await call('POST', path, { ids: [event.eventId] })).body).toEqual({ queued: 0 });
  const again = await newestEvent();
  const payload = { ...event.payload, askedAt: event.occurredAt };
  expect(again).toMatchObject({ type: event.type, payload });
  expect(await deliver(again)).toBe('done');
  expect(received).toEqual([email]);
});

it('is for administrators alone', async () => {
  const { accessToken: token } = await product.signedIn('Luis Paz');
  const list = await product.http('GET', '/auth/admin/failed-mails', undefined, { token });
  expect(list.status).toBe(403);
  const body = { ids: [1] };
  const send = await product.http('POST', '/auth/admin/failed-mails/send', body, { token });
  expect(send.status).toBe(403);
});

it('forgets the mails of a person who is erased', async () => {
  const { event } = await registered();
  answer = 550;
  await deliver(event);
  const { authArea } = await import('../src/entry/wiring/auth.ts');
  const userId = Number(event.payload['userId']);
  await product.db.transaction().execute(trx => authArea(trx).personalData.erase(userId));
  const left = sql`SELECT FROM failed_mails WHERE event_id = ${event.eventId}`;
  expect((await left.execute(product.db)).rows).toEqual([]);
});
