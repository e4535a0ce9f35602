import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/data/database.ts';
import { outboxRepository } from '../../src/data/outbox.ts';
import { summaryRepository } from '../../src/data/summaries.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { sendSummaries } from '../../src/operations/notifications/send-summaries.ts';
import { type Product, serveProduct, type User } from '../support/product.ts';

let product: Product;
let ana: User;
let projectId = 0;

// A Wednesday; eight in the morning in Madrid is seven in UTC.
const morning = '2031-03-12T07:05:00Z';

const patch = (notificationPreferences: object, more = {}) =>
  product.http(
    'PATCH',
    '/auth/me',
    { notificationPreferences, ...more },
    { token: ana.accessToken },
  );

/** As if the preference had been given on the eve of that instant. */
const appoint = (instant: string) =>
  sql`UPDATE summary_plans SET next_at = ${instant}::timestamptz, last_day = NULL`.execute(
    product.db,
  );

const runAt = (instant: string) =>
  sendSummaries({
    clock: () => new Date(instant),
    inTransaction: work =>
      inTransaction(product.db, trx =>
        work({ summaries: summaryRepository(trx), outbox: outboxRepository(trx) }),
      ),
  });

const sent = async (): Promise<DomainEvent[]> => {
  const { rows } = await sql<DomainEvent>`SELECT id AS "eventId", type, project_id AS "projectId",
      payload, occurred_at AS "occurredAt" FROM outbox
    WHERE type IN ('summary.due', 'mail.summary') ORDER BY id`.execute(product.db);
  return rows;
};
const clear = () => sql`DELETE FROM outbox`.execute(product.db);

beforeAll(async () => {
  product = await serveProduct();
  ana = await product.signedIn('Ana Torres');
  const token = ana.accessToken;
  projectId = Number(
    (await product.http('POST', '/projects', { name: 'Web' }, { token })).body['id'],
  );
  const add = (title: string, dueDate: string, more = {}) =>
    product.http(
      'POST',
      `/projects/${projectId}/tasks`,
      { title, dueDate, assigneeId: ana.userId, ...more },
      { token },
    );
  await add('Ayer', '2031-03-11');
  await add('Antes', '2031-03-01', { status: 'blocked' });
  await add('Hoy', '2031-03-12');
  await add('Luego', '2031-04-12');
  await add('Hecha', '2031-03-11', { status: 'done' });
});

describe('the morning summary', () => {
  it('is not for who never asked for one', async () => {
    await patch({ mail: true }, { timezone: 'Europe/Madrid' });
    expect((await sql`SELECT FROM summary_plans`.execute(product.db)).rows).toEqual([]);
  });

  it('is planned by the hour and the zone of its reader', async () => {
    const changed = await patch({ summary: { time: '08:00' } });
    expect(changed.body).toMatchObject({
      notificationPreferences: { summary: { time: '08:00', weekends: false } },
    });
    const { rows } = await sql<{
      time: string;
    }>`SELECT to_char(next_at AT TIME ZONE 'Europe/Madrid',
      'HH24:MI') AS time FROM summary_plans`.execute(product.db);
    expect(rows).toEqual([{ time: '08:00' }]);
    expect((await patch({ summary: { time: '25:00' } })).status).toBe(400);
  });

  it('comes once a day, however many run at once and however often', async () => {
    await clear();
    await appoint('2031-03-12T07:00:00Z');
    const told = await Promise.all([runAt(morning), runAt(morning), runAt(morning)]);
    expect(told.toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
    await runAt('2031-03-12T07:20:00Z');
    expect((await sent()).map(({ type, payload }) => [type, payload])).toEqual([
      ['summary.due', { userIds: [ana.userId], figures: { overdue: 2, today: 1, blocked: 1 } }],
      ['mail.summary', { userId: ana.userId, facts: { overdue: 2, today: 1, blocked: 1 } }],
    ]);
  });

  it('comes in the product in words, and by mail', async () => {
    const { background } = await import('../../src/entry/wiring/background.ts');
    for (const event of await sent())
      await (event.type === 'summary.due'
        ? background.tellPeople(event)
        : background.sendMail(event));
    const token = ana.accessToken;
    const list = await product.http('GET', '/notifications', undefined, { token });
    expect(list.body['items']).toMatchObject([
      { kind: 'summary', text: 'Hoy en «Web»: 2 vencidas, 1 para hoy, 1 bloqueada.', projectId },
    ]);
    const { email } = await product.db
      .selectFrom('users')
      .select('email')
      .where('id', '=', ana.userId)
      .executeTakeFirstOrThrow();
    const box = await fetch(
      `${process.env['MAIL_URL']}/api/messages?to=${encodeURIComponent(email)}`,
    );
    expect(JSON.stringify(await box.json())).toContain('2 vencidas, 1 para hoy, 1 bloqueada');
  });

  it('remembers its day, so that moving the hour brings no second one', async () => {
    expect(await summaryRepository(product.db).lastDay(ana.userId)).toBe('2031-03-12');
  });

  it('is left out for a day whose morning has passed, and comes the next', async () => {
    await clear();
    await appoint('2031-03-12T07:00:00Z');
    expect(await runAt('2031-03-12T16:00:00Z')).toBe(0);
    expect(await sent()).toEqual([]);
    expect(await runAt('2031-03-13T07:10:00Z')).toBe(1);
  });

  it('loses nobody when it crashes half-way, and repeats nothing', async () => {
    await clear();
    await appoint('2031-03-14T07:00:00Z');
    await sql`CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql
      AS 'BEGIN RAISE EXCEPTION ''crash''; END'`.execute(product.db);
    await sql`CREATE TRIGGER crash BEFORE UPDATE ON summary_plans EXECUTE FUNCTION crash()`.execute(
      product.db,
    );
    await expect(runAt('2031-03-14T07:05:00Z')).rejects.toThrow('crash');
    await sql`DROP TRIGGER crash ON summary_plans`.execute(product.db);
    expect(await sent()).toEqual([]);
    expect(await runAt('2031-03-14T07:20:00Z')).toBe(1);
    expect(await sent()).toHaveLength(2);
  });

  it('goes where its reader wants it, and stops when it is no longer wanted', async () => {
    await clear();
    await patch({ kinds: { summary: { mail: false } } });
    await appoint('2031-03-18T07:00:00Z');
    await runAt('2031-03-18T07:05:00Z');
    expect((await sent()).map(({ type }) => type)).toEqual(['summary.due']);
    await clear();
    await patch({ summary: null });
    expect(await runAt('2031-12-01T07:05:00Z')).toBe(0);
    expect(await sent()).toEqual([]);
  });
});
