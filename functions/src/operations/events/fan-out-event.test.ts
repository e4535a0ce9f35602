import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../domain/event.ts';
import { fanOutEvent } from './fan-out-event.ts';

const event: DomainEvent = {
  eventId: 7,
  type: 'task.updated',
  projectId: 3,
  occurredAt: '2026-11-23T10:00:00.000Z',
  payload: { taskId: 5, actorId: 1, version: 2, title: 'secreto' },
};

const world = (size: number) => {
  const told: [number[], Record<string, unknown>][] = [];
  const claimed = new Set<number>();
  const deps: Parameters<typeof fanOutEvent>[0] = {
    feeds: {
      append: async (userIds, frame) => void told.push([userIds, frame]),
    },
    inTransaction: work =>
      work({
        consumed: {
          claim: async (_consumer, id) => !claimed.has(id) && claimed.add(id).size > 0,
        },
        members: {
          list: async (_projectId, limit, after = 0) =>
            Array.from({ length: size }, (_, index) => ({ userId: index + 1 }))
              .filter(({ userId }) => userId > after)
              .slice(0, limit),
        },
      }),
  };
  return { deps, told };
};

describe('fanOutEvent', () => {
  it('tells every member where to look, but nothing of what is there', async () => {
    const { deps, told } = world(2);
    await fanOutEvent(deps, event);
    expect(told).toEqual([
      [
        [1, 2],
        {
          type: 'event',
          name: 'task.updated',
          projectId: 3,
          occurredAt: event.occurredAt,
          taskId: 5,
          actorId: 1,
          version: 2,
        },
      ],
    ]);
  });

  it('reaches each member of a large project once', async () => {
    const { deps, told } = world(1_200);
    await fanOutEvent(deps, event);
    expect(new Set(told.flatMap(([ids]) => ids)).size).toBe(1_200);
    expect(told.flatMap(([ids]) => ids)).toHaveLength(1_200);
  });

  it('does nothing for a repeat, nor for what concerns no project or only the mirror', async () => {
    const { deps, told } = world(1);
    await fanOutEvent(deps, event);
    await fanOutEvent(deps, event);
    await fanOutEvent(deps, { ...event, eventId: 8, projectId: null });
    await fanOutEvent(deps, { ...event, eventId: 9, type: 'project.mirror_requested' });
    expect(told).toHaveLength(1);
  });
});
