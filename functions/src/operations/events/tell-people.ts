import { z } from 'zod';
import type { DomainEvent } from '../../domain/event.ts';
import type { InTransaction } from '../operation.ts';

type Deps = {
  feeds: { append(userIds: number[], frame: Record<string, unknown>): Promise<void> };
  inTransaction: InTransaction<{
    consumed: { claim(consumer: string, eventId: number): Promise<boolean> };
  }>;
};

const told = z.object({ userIds: z.array(z.int()), actorId: z.int().optional() });

/** Puts an event that concerns particular people into their feeds, and into nobody else's. */
export const tellPeople = async (
  { feeds, inTransaction }: Deps,
  { eventId, type: name, projectId, occurredAt, payload }: DomainEvent,
): Promise<void> => {
  const about = told.safeParse(payload).data;
  if (!about || projectId === null) return;
  const { userIds, actorId } = about;
  const frame = { type: 'event', name, projectId, occurredAt, ...(actorId && { actorId }) };
  await inTransaction(async ({ consumed }) => {
    if (await consumed.claim('feeds', eventId))
      await feeds.append(
        userIds.filter(userId => userId !== actorId),
        frame,
      );
  });
};
