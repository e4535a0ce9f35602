import { beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/data/database.ts';
import { dueTaskRepository } from '../../src/data/due-tasks.ts';
import { outboxRepository } from '../../src/data/outbox.ts';
import { background } from '../../src/entry/wiring/background.ts';
import { remindDue } from '../../src/operations/notifications/remind-due.ts';
import { callAs, sharedDatabase } from '../support/callers.ts';
import { makeTeam, type Team } from '../support/team.ts';

// Far from the dates of other tests, which share the database.
const madridMorning = '2031-05-10T06:30:00Z';
const bogotaMorning = '2031-05-10T13:30:00Z';

let team: Team;
beforeAll(async () => {
  team = await makeTeam();
  await live(team.member, 'Europe/Madrid');
  await live(team.manager, 'America/Bogota');
});

const live = async (userId: number, timezone: string) => {
  const db = await sharedDatabase();
  await db.updateTable('users').set({ timezone }).where('id', '=', userId).execute();
};
const task = async (title: string, dueDate: string, more = {}) =>
  (
    await callAs<{ id: number }>(team.owner, 'createTask', {
      projectId: team.projectId,
      title,
      dueDate,
      assigneeId: team.member,
      ...more,
    })
  ).id;

const runAt = async (instant: string) => {
  const db = await sharedDatabase();
  return remindDue({
    clock: () => new Date(instant),
    dueTasks: dueTaskRepository(db),
    inTransaction: work =>
      inTransaction(db, trx =>
        work({ dueTasks: dueTaskRepository(trx), outbox: outboxRepository(trx) }),
      ),
  });
};

/** Events that remind of tasks of the team, by task. */
const reminded = async () => {
  const db = await sharedDatabase();
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'type', 'payload', 'occurred_at as occurredAt'])
    .where('topic', '=', 'reminders')
    .where('project_id', '=', team.projectId)
    .orderBy('id')
    .execute();
  return rows.map(row => ({ ...row, payload: row.payload as { taskId: number; userId: number } }));
};

describe('reminders', () => {
  it('come once per task, person and day, in the day of the person', async () => {
    const [today, tomorrow] = [await task('Hoy', '2031-05-10'), await task('Mañana', '2031-05-11')];
    const far = await task('En Bogotá', '2031-05-11', { assigneeId: team.manager });
    await task('Ayer', '2031-05-09');
    const later = await task('Pasado mañana', '2031-05-12');
    await task('Hecha', '2031-05-10', { status: 'done' });
    const deleted = await task('Borrada', '2031-05-10');
    await callAs(team.owner, 'deleteTask', { taskId: deleted });
    await task('De nadie', '2031-05-10', { assigneeId: null });
    await Promise.all([runAt(madridMorning), runAt(madridMorning)]);
    await runAt('2031-05-10T07:30:00Z');
    expect(new Set((await reminded()).map(({ payload }) => payload.taskId))).toEqual(
      new Set([today, tomorrow]),
    );
    expect(await reminded()).toHaveLength(2);
    await runAt(bogotaMorning);
    expect((await reminded()).at(-1)?.payload).toMatchObject({ taskId: far, userId: team.manager });
    // Not in the evening, and again the next morning while it is still open.
    const before = (await reminded()).length;
    await runAt('2031-05-10T19:00:00Z');
    expect(await reminded()).toHaveLength(before);
    await runAt('2031-05-11T06:30:00Z');
    const next = (await reminded()).slice(before).map(({ payload }) => payload.taskId);
    expect(new Set(next)).toEqual(new Set([tomorrow, later]));
  });

  it('say what is due, once however often the event is delivered, and stay out of the history', async () => {
    const [first] = await reminded();
    if (!first) throw new Error('No reminder');
    const { id: eventId, type, payload, occurredAt } = first;
    const { projectId } = team;
    for (let delivery = 0; delivery < 2; delivery++)
      await background.notifyPeople({ eventId, type, payload, occurredAt, projectId });
    const { items } = await callAs<{ items: { kind: string; text: string }[] }>(
      team.member,
      'listNotifications',
      {},
    );
    expect(items.filter(({ kind }) => kind === 'due_soon').map(({ text }) => text)).toEqual([
      '«Hoy» vence el 10 de mayo.',
    ]);
    const { items: activity } = await callAs<{ items: { type: string }[] }>(
      team.viewer,
      'listActivity',
      { projectId },
    );
    expect(activity.map(item => item.type)).not.toContain('task.due_soon');
  });

  it('end with the archive', async () => {
    await task('Archivada', '2031-06-01');
    await callAs(team.owner, 'archiveProject', { projectId: team.projectId });
    const before = (await reminded()).length;
    await runAt('2031-06-01T06:30:00Z');
    expect(await reminded()).toHaveLength(before);
  });
});
