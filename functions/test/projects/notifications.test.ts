import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { consumedEventsRepository } from '../../src/data/consumed-events.ts';
import { inTransaction } from '../../src/data/database.ts';
import { notificationRepository } from '../../src/data/notifications.ts';
import { outboxRepository } from '../../src/data/outbox.ts';
import type { Preferences } from '../../src/domain/notification-preferences.ts';
import type { Task } from '../../src/domain/task.ts';
import { background } from '../../src/entry/wiring/background.ts';
import { notifyPeople } from '../../src/operations/notifications/notify-people.ts';
import { sendDigests } from '../../src/operations/notifications/send-digests.ts';
import { callAs, sharedDatabase } from '../support/callers.ts';
import { makeTeam, someone, type Team } from '../support/team.ts';

type Listed = { items: { id: number; kind: string; text: string; readAt: string | null }[] };

let team: Team;
beforeAll(async () => {
  team = await makeTeam();
});

/** Lets the consumer work off the events of the project, as Pub/Sub would, twice. */
const deliver = async (projectId = team.projectId) => {
  const db = await sharedDatabase();
  const events = await db
    .selectFrom('project_events')
    .select(['id', 'type', 'payload', 'occurred_at'])
    .where('project_id', '=', projectId)
    .orderBy('id')
    .execute();
  for (const { id, type, payload, occurred_at: occurredAt } of [...events, ...events])
    await background.notifyPeople({
      eventId: id,
      type,
      projectId,
      occurredAt,
      payload: payload as Record<string, unknown>,
    });
};
const listFor = async (userId: number, more = {}) =>
  (await callAs<Listed>(userId, 'listNotifications', more)).items;

describe('notifications', () => {
  it('tell the assignee, those mentioned and followers, once, and not who did it', async () => {
    const { projectId, manager, member, viewer } = team;
    const input = { projectId, title: 'Revisar', assigneeId: member };
    const { id: taskId } = await callAs<Task>(manager, 'createTask', input);
    await callAs(viewer, 'watchTask', { taskId });
    await callAs(member, 'addComment', { taskId, body: 'Hola', mentions: [manager] });
    await callAs(member, 'updateTask', { taskId, status: 'done' });
    await deliver();
    expect((await listFor(member)).map(item => item.text)).toEqual([
      'Gema Gestora te asignó «Revisar».',
      'Olga Dueña te agregó a «Equipo».',
    ]);
    expect((await listFor(manager)).map(item => item.kind)).toEqual([
      'status_changed',
      'mentioned',
      'added',
    ]);
    expect((await listFor(viewer)).map(item => item.kind)).toEqual([
      'status_changed',
      'commented',
      'added',
    ]);
  });

  it('are read one by one or all at once, each by their own reader', async () => {
    const { manager, viewer } = team;
    const [newest] = await listFor(manager);
    expect(await callAs(viewer, 'readNotifications', { ids: [newest?.id] })).toEqual({ read: 0 });
    expect(await callAs(manager, 'readNotifications', { ids: [newest?.id] })).toEqual({ read: 1 });
    expect((await listFor(manager))[0]?.readAt).not.toBeNull();
    expect(await callAs(manager, 'readNotifications', {})).toEqual({ read: 2 });
    expect(await listFor(manager, { unread: true })).toEqual([]);
  });

  it('end with membership', async () => {
    const { owner, viewer, projectId } = team;
    await callAs(owner, 'removeMember', { projectId, userId: viewer });
    expect(await listFor(viewer)).toEqual([]);
  });

  it('go to outsiders never, whatever an event says', async () => {
    const db = await sharedDatabase();
    const { insert, ofEvent } = notificationRepository(db);
    const event = { eventId: 987_654, projectId: team.projectId, taskId: null, actorId: null };
    const notice = { kind: 'mentioned' as const, inApp: true, byMail: true };
    await insert(event, [{ userId: team.outsider, ...notice }]);
    expect(await ofEvent(987_654)).toEqual([]);
  });

  it('are pushed to a topic that nobody else can name', async () => {
    const topicOf = async (userId: number) =>
      (await callAs<{ topic: string }>(userId, 'getPushTopic', {})).topic;
    const [one, other] = [await topicOf(team.owner), await topicOf(team.manager)];
    expect(one).toMatch(/^user-[\da-f]{32}$/);
    expect(one).toBe(await topicOf(team.owner));
    expect(one).not.toBe(other);
  });

  it('tell whoever invited that the invitation was accepted', async () => {
    const own = await makeTeam();
    const guest = await someone('Gina Invitada');
    const db = await sharedDatabase();
    const email = `${randomUUID()}@example.com`;
    await callAs(own.manager, 'addMember', { projectId: own.projectId, email });
    await db.updateTable('users').set({ email }).where('id', '=', guest).execute();
    const { items } = await callAs<Listed>(guest, 'listOwnInvitations', {});
    await callAs(guest, 'acceptInvitation', { invitationId: items[0]?.id });
    await deliver(own.projectId);
    expect((await listFor(own.manager))[0]?.text).toBe(
      'Gina Invitada aceptó tu invitación a «Equipo».',
    );
  });
});

describe('preferences', () => {
  const prefer = async (userId: number, preferences: Preferences) => {
    const db = await sharedDatabase();
    const notification_preferences = JSON.stringify(preferences);
    const set = { notification_preferences, timezone: 'America/Bogota' };
    await db.updateTable('users').set(set).where('id', '=', userId).execute();
  };

  /** What was pushed for a change of a task that everybody of the team follows, at some hour UTC. */
  const pushedAt = async (own: Team, hour: string, change: Record<string, unknown>) => {
    const task = { projectId: own.projectId, title: 'Seguida' };
    const { id: taskId } = await callAs<Task>(own.owner, 'createTask', task);
    for (const userId of [own.manager, own.member, own.viewer])
      await callAs(userId, 'watchTask', { taskId });
    await callAs(own.owner, 'updateTask', { taskId, ...change });
    const db = await sharedDatabase();
    const events = db.selectFrom('project_events').select(['id', 'payload']);
    const event = await events
      .where('task_id', '=', taskId)
      .where('type', '=', 'task.updated')
      .executeTakeFirstOrThrow();
    const pushed: string[] = [];
    await notifyPeople(
      {
        clock: () => new Date(`2026-11-26T${hour}:00Z`),
        mirror: { put: async () => {} },
        pushTopic: String,
        push: async ({ topic }) => void pushed.push(topic),
        inTransaction: work =>
          work({
            consumed: consumedEventsRepository(db),
            notifications: notificationRepository(db),
          }),
      },
      {
        eventId: event.id,
        type: 'task.updated',
        projectId: own.projectId,
        occurredAt: '',
        payload: event.payload as Record<string, unknown>,
      },
    );
    return pushed.map(Number);
  };
  const kindsFor = async (userId: number) => (await listFor(userId)).map(({ kind }) => kind);

  it('decide for each kind where it is told, if anywhere', async () => {
    const own = await makeTeam();
    const off = { inApp: false, mail: false, push: false };
    await prefer(own.manager, { kinds: { status_changed: { inApp: false } } });
    await prefer(own.member, { kinds: { status_changed: off } });
    await prefer(own.viewer, { kinds: { status_changed: { push: true } } });
    expect(await pushedAt(own, '15:00', { status: 'done' })).toEqual([own.viewer]);
    expect(await kindsFor(own.viewer)).toEqual(['status_changed']);
    expect(await kindsFor(own.manager)).toEqual([]);
    const db = await sharedDatabase();
    const rows = await db
      .selectFrom('notifications')
      .select(['user_id', 'in_app', 'by_mail'])
      .where('project_id', '=', own.projectId)
      .where('user_id', 'in', [own.manager, own.member])
      .execute();
    expect(rows).toEqual([{ user_id: own.manager, in_app: false, by_mail: true }]);
  });

  it('keep phones silent at night where their owner is, and only phones', async () => {
    const own = await makeTeam();
    const loud = { status_changed: { push: true } };
    await prefer(own.viewer, { kinds: loud });
    await prefer(own.member, { kinds: loud, quietHours: null });
    // 04:30 UTC is half past eleven at night in Bogotá.
    expect(await pushedAt(own, '04:30', { status: 'done' })).toEqual([own.member]);
    expect(await kindsFor(own.viewer)).toEqual(['status_changed']);
  });

  it('gather what is unread into one mail a day, in the morning of whoever wants it', async () => {
    const own = await makeTeam();
    const db = await sharedDatabase();
    const notifications = notificationRepository(db);
    const about = { projectId: own.projectId, taskId: null, actorId: null };
    for (const eventId of [880_001, 880_002])
      await notifications.insert({ eventId, ...about }, [
        { userId: own.member, kind: 'commented', inApp: true, byMail: true },
        { userId: own.manager, kind: 'commented', inApp: true, byMail: false },
        { userId: own.viewer, kind: 'commented', inApp: true, byMail: true },
      ]);
    await prefer(own.member, {});
    await prefer(own.viewer, { mail: false });
    const mailsFor = async (userId: number) => {
      const { rows } = await sql<{ left: number }>`
        SELECT (payload ->> 'left')::int AS left FROM outbox
        WHERE type = 'mail.digest' AND (payload ->> 'userId')::bigint = ${userId}`.execute(db);
      return rows.map(row => row.left);
    };
    const runAt = (time: string) =>
      sendDigests({
        clock: () => new Date(`2026-11-26T${time}:00Z`),
        notifications,
        inTransaction: work =>
          inTransaction(db, trx =>
            work({ notifications: notificationRepository(trx), outbox: outboxRepository(trx) }),
          ),
      });
    await runAt('12:30');
    expect(await mailsFor(own.member)).toEqual([]);
    await Promise.all([runAt('13:30'), runAt('13:30')]);
    await runAt('14:30');
    expect(await mailsFor(own.member)).toEqual([2]);
    expect(await mailsFor(own.manager)).toEqual([]);
    expect(await mailsFor(own.viewer)).toEqual([]);
  });
});
