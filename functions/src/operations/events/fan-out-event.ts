import { z } from 'zod';
import type { DomainEvent } from '../../domain/event.ts';
import type { InTransaction } from '../operation.ts';

type FanOutDeps = {
  feeds: { append(userIds: number[], frame: Record<string, unknown>): Promise<void> };
  inTransaction: InTransaction<{
    consumed: { claim(consumer: string, eventId: number): Promise<boolean> };
    members: {
      list(projectId: number, limit: number, after?: number): Promise<{ userId: number }[]>;
    };
  }>;
};

const pageSize = 500;

/** What of an event's payload travels: where to look, never what is there. */
const references = z.object({
  taskId: z.int().optional(),
  userId: z.int().optional(),
  actorId: z.int().optional(),
  version: z.int().optional(),
});

/** Puts an event of a project into the feeds of its members, whose connections are then told. */
export const fanOutEvent = async (
  { feeds, inTransaction }: FanOutDeps,
  event: DomainEvent,
): Promise<void> => {
  const { projectId, type: name, occurredAt } = event;
  if (projectId === null || name === 'project.mirror_requested') return;
  const frame = { type: 'event', name, projectId, occurredAt, ...references.parse(event.payload) };
  await inTransaction(async ({ consumed, members }) => {
    if (!(await consumed.claim('feeds', event.eventId))) return;
    for (let last = 0; ; ) {
      const page = await members.list(projectId, pageSize, last);
      if (page.length > 0)
        await feeds.append(
          page.map(member => member.userId),
          frame,
        );
      last = page.at(-1)?.userId ?? 0;
      if (page.length < pageSize) break;
    }
  });
};
