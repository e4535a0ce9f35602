import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../src/domain/event.ts';
import { type Json, type Product, serveProduct, type User } from '../support/product.ts';

let product: Product;
let boss: User;
let gema: User;
let ana: User;
let stranger: User;
let projectId = 0;

const call = (who: User, method: string, path: string, body?: unknown) =>
  product.http(method, path, body, { token: who.accessToken });

const say = async (text: string, who = ana, sessionId?: string): Promise<string> => {
  const body = { text, ...(sessionId === undefined ? { projectId } : { sessionId }) };
  return String((await call(who, 'POST', '/chat/message', body)).body['sessionId']);
};

const waiting = async (): Promise<Json[]> => {
  const path = `/chat/handovers?projectId=${projectId}&state=waiting`;
  return (await call(boss, 'GET', path)).body['items'] as unknown as Json[];
};

const eventsOf = async (prefix: string): Promise<DomainEvent[]> => {
  const { rows } = await sql<DomainEvent>`SELECT id AS "eventId", type, project_id AS "projectId",
      occurred_at AS "occurredAt", payload FROM outbox
    WHERE type LIKE ${`${prefix}%`} ORDER BY id`.execute(product.db);
  return rows;
};

/** What the consumer of the topic does, twice, as Pub/Sub may deliver. */
const deliver = async (prefix: string): Promise<void> => {
  const { background } = await import('../../src/entry/wiring/background.ts');
  for (const event of await eventsOf(prefix)) {
    await background.tellPeople(event);
    await background.tellPeople(event);
  }
};

const noticesTo = async (who: User): Promise<string[]> =>
  ((await call(who, 'GET', '/notifications')).body['items'] as unknown as { text: string }[])
    .map(notice => notice.text)
    .filter(text => /petición|ayuda/.test(text));

beforeAll(async () => {
  product = await serveProduct();
  boss = await product.signedIn('Olga Dueña');
  gema = await product.signedIn('Gema Gestora');
  ana = await product.signedIn('Ana Torres');
  stranger = await product.signedIn('Eva Extraña');
  projectId = Number((await call(boss, 'POST', '/projects', { name: 'Web' })).body['id']);
  await product.db
    .insertInto('project_members')
    .values([
      { project_id: projectId, user_id: gema.userId, role: 'manager' },
      { project_id: projectId, user_id: ana.userId, role: 'member' },
    ])
    .execute();
});

describe('a call for a person', () => {
  it('is seen by those who manage the project, who are told once, by mail too if they want', async () => {
    await product.db
      .updateTable('users')
      .set({ notification_preferences: JSON.stringify({ mail: false }) })
      .where('id', '=', gema.userId)
      .execute();
    const sessionId = await say('crea una tarea para regar, para mañana, sin asignar');
    await say('quiero hablar con una persona', ana, sessionId);
    await say('quiero hablar con una persona', ana, sessionId);
    expect(await waiting()).toMatchObject([
      { projectId, askerId: ana.userId, askerName: 'Ana Torres', takenBy: null, state: 'waiting' },
    ]);
    await deliver('handover.requested');
    expect(await noticesTo(boss)).toEqual(['Ana Torres pidió la ayuda de una persona en «Web».']);
    expect(await noticesTo(gema)).toHaveLength(1);
    expect(await noticesTo(ana)).toEqual([]);
    const mails = await eventsOf('mail.handover_requested');
    expect(mails.map(({ payload }) => payload)).toEqual([{ userId: boss.userId }]);
  });

  it('is no business of members, nor of strangers', async () => {
    const [open] = await waiting();
    const path = `/chat/handovers/${open?.['id']}`;
    const statuses = async (who: User) => [
      (await call(who, 'GET', `/chat/handovers?projectId=${projectId}`)).status,
      (await call(who, 'GET', path)).status,
      (await call(who, 'POST', `${path}/take`, {})).status,
    ];
    expect(await statuses(ana)).toEqual([403, 403, 403]);
    expect(await statuses(stranger)).toEqual([404, 404, 404]);
    expect((await call(stranger, 'POST', `${path}/resolve`, {})).status).toBe(404);
  });

  it('is taken by one of two who try at once; only that one reads what was said up to the call', async () => {
    const [open] = await waiting();
    const path = `/chat/handovers/${open?.['id']}`;
    expect((await call(boss, 'GET', path)).body['messages']).toBeNull();
    const tries = await Promise.all([boss, gema].map(who => call(who, 'POST', `${path}/take`, {})));
    expect(tries.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const [taker, other] = tries[0]?.status === 200 ? [boss, gema] : [gema, boss];
    const again = await call(taker, 'POST', `${path}/take`, {});
    expect(again.status).toBe(200);
    const messages = again.body['messages'] as unknown as { role: string; text: string }[];
    expect(messages.map(message => message.role)).toEqual(['user', 'bot', 'user', 'bot']);
    expect(messages[2]?.text).toBe('quiero hablar con una persona');
    expect((await call(other, 'GET', path)).body).toMatchObject({
      takenBy: taker.userId,
      state: 'taken',
      messages: null,
    });
    await deliver('handover.taken');
    expect(await noticesTo(ana)).toHaveLength(1);
    const resolved = await call(other, 'POST', `${path}/resolve`, {});
    expect(resolved.body).toMatchObject({ state: 'resolved' });
    expect((await call(taker, 'GET', path)).body['messages']).toBeNull();
    expect((await call(taker, 'POST', `${path}/take`, {})).status).toBe(409);
  });

  it('can be withdrawn by who made it, and made again', async () => {
    const sessionId = await say('quiero hablar con una persona');
    const [open] = await waiting();
    const path = `/chat/handovers/${open?.['id']}/resolve`;
    expect((await call(ana, 'POST', path, {})).body).toMatchObject({ state: 'resolved' });
    await say('quiero hablar con una persona', ana, sessionId);
    expect(await waiting()).toHaveLength(1);
  });

  it('is not promised to somebody who is in no project', async () => {
    const { body } = await call(stranger, 'POST', '/chat/message', {
      text: 'quiero hablar con una persona',
    });
    expect(body).toMatchObject({ actions: [] });
    expect(String((body['reply'] as Json)['text'])).toContain('no hay a quién avisar');
  });

  it('goes with the conversation when its owner deletes that', async () => {
    const before = (await waiting()).length;
    const sessionId = await say('quiero hablar con una persona');
    expect(await waiting()).toHaveLength(before + 1);
    await call(ana, 'DELETE', `/chat/sessions/${sessionId}`);
    expect(await waiting()).toHaveLength(before);
  });
});
