import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { notificationRepository } from '../../src/data/notifications.ts';
import type { Task } from '../../src/domain/task.ts';
import { background } from '../../src/entry/wiring/background.ts';
import { callAs, sharedDatabase } from '../support/callers.ts';
import { makeTeam, type Team } from '../support/team.ts';

type Listed = { items: { id: number; kind: string; text: string; readAt: string | null }[] };

let team: Team;
beforeAll(async () => {
  team = await makeTeam();
});

/** Lets the consumer work off the events of the project, as Pub/Sub would, twice. */
const deliver = async () => {
  const db = await sharedDatabase();
  const events = await db
    .selectFrom('project_events')
    .select(['id', 'type', 'payload', 'occurred_at'])
    .where('project_id', '=', team.projectId)
    .orderBy('id')
    .execute();
  for (const { id, type, payload, occurred_at: occurredAt } of [...events, ...events])
    await background.notifyPeople({
      eventId: id,
      type,
      projectId: team.projectId,
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
    await insert(event, [{ userId: team.outsider, kind: 'mentioned' }]);
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

  it('are gathered into one mail a day, for those who want mail, and not twice', async () => {
    const own = await makeTeam();
    const db = await sharedDatabase();
    const { insert } = notificationRepository(db);
    const about = { projectId: own.projectId, taskId: null, actorId: null };
    for (const eventId of [880_001, 880_002])
      await insert({ eventId, ...about }, [
        { userId: own.member, kind: 'commented' },
        { userId: own.viewer, kind: 'commented' },
      ]);
    const silent = { notification_preferences: JSON.stringify({ mail: false }) };
    await db.updateTable('users').set(silent).where('id', '=', own.viewer).execute();
    const mailsFor = async (userId: number) => {
      const { rows } = await sql<{ left: number }>`
        SELECT (payload ->> 'left')::int AS left FROM outbox
        WHERE type = 'mail.digest' AND (payload ->> 'userId')::bigint = ${userId}`.execute(db);
      return rows.map(row => row.left);
    };
    await background.sendDigests();
    await background.sendDigests();
    expect(await mailsFor(own.member)).toEqual([2]);
    expect(await mailsFor(own.viewer)).toEqual([]);
  });
});
