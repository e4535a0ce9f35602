import { expect, it } from 'vitest';
import { person, testDatabase } from '../../../test/support/database.ts';
import { inTransaction } from '../../data/database.ts';
import { outboxRepository } from '../../data/outbox.ts';
import { projectRepository } from '../../data/projects.ts';
import { taskRepository } from '../../data/tasks.ts';
import { purgeExpired } from './purge-expired.ts';

it('asks every store to drop what is older than it keeps', async () => {
  const asked: number[] = [];
  const store = { purge: async (days: number) => asked.push(days) };
  await purgeExpired({
    stores: {
      outbox: store,
      consumedEvents: store,
      idempotencyKeys: store,
      files: store,
      tasks: store,
      projects: store,
      invitations: store,
      webhookDeliveries: store,
      notifications: store,
      dueReminders: store,
      imports: store,
      conversations: store,
    },
  });
  expect(asked).toEqual([14, 30, 2, 30, 30, 90, 7, 90, 180, 30, 30, 30]);
});

it('takes a project’s history along when it goes for good, and nobody else’s', async () => {
  const { db } = await testDatabase();
  const ana = await person(db, 'Ana Torres');
  const projects = projectRepository(db);
  const [gone, kept] = [
    await projects.insert(ana, { name: 'Se va' }),
    await projects.insert(ana, { name: 'Se queda' }),
  ];
  for (const { id: projectId } of [gone, kept]) {
    await taskRepository(db).insert(projectId, ana, { title: 'x' });
    const event = { topic: 'task-events' as const, type: 'task.created', projectId, payload: {} };
    await outboxRepository(db).add(event);
  }
  await db
    .updateTable('projects')
    .set({ deleted_at: '2020-01-01T00:00:00Z' })
    .where('id', '=', gone.id)
    .execute();
  expect(await inTransaction(db, trx => projectRepository(trx).purge(30))).toBe(1);
  const left = await db.selectFrom('project_events').select('project_id').execute();
  expect(left).toEqual([{ project_id: kept.id }]);
  expect(await db.selectFrom('tasks').select('id').execute()).toHaveLength(1);
});
