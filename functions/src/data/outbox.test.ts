import { beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';
import { inTransaction } from './database.ts';
import { outboxRepository } from './outbox.ts';

const { db } = await testDatabase();
const outbox = outboxRepository(db);
const event = (type: string) =>
  ({ topic: 'task-events', type, projectId: 1, payload: { n: 1 } }) as const;

beforeEach(async () => {
  await db.deleteFrom('outbox').execute();
});

describe('outboxRepository', () => {
  it('answers events as they will travel', async () => {
    const [first, second] = await outbox.add(event('a'), event('b'));
    expect(first).toMatchObject({
      topic: 'task-events',
      type: 'a',
      projectId: 1,
      payload: { n: 1 },
    });
    expect(second?.eventId).toBeGreaterThan(first?.eventId ?? 0);
  });

  it('loses the events of a transaction that fails', async () => {
    const failing = inTransaction(db, async trx => {
      await outboxRepository(trx).add(event('never'));
      throw new Error('after the event');
    });
    await expect(failing).rejects.toThrow('after the event');
    expect(await outbox.lockWaiting(10, 0)).toEqual([]);
  });

  it('gives two relays different events', async () => {
    await outbox.add(event('a'), event('b'), event('c'));
    await inTransaction(db, async first => {
      const mine = await outboxRepository(first).lockWaiting(2, 0);
      const theirs = await inTransaction(db, second => outboxRepository(second).lockWaiting(2, 0));
      expect(mine.map(row => row.type)).toEqual(['a', 'b']);
      expect(theirs.map(row => row.type)).toEqual(['c']);
    });
  });

  it('does not hand out what is published or still fresh', async () => {
    const [first] = await outbox.add(event('a'));
    expect(await outbox.lockWaiting(10, 60)).toEqual([]);
    await outbox.markPublished([first?.eventId ?? 0]);
    expect(await outbox.lockWaiting(10, 0)).toEqual([]);
  });
});
