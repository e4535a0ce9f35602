import { z } from 'zod';
import type { DomainEvent } from '../../domain/event.ts';
import { sessionDays } from '../../domain/session.ts';

type Deps = {
  clock(): Date;
  mirror: { put(path: string, document: Record<string, unknown>): Promise<void> };
};

const ended = z.object({ userId: z.int(), sessionId: z.uuid() });
const dayMs = 86_400_000;

/**
 * Tells Firestore's rules which sessions are over: an ID token goes on being valid for its hour, and its
 * refreshed successors for the life of the session. Writing the record twice changes nothing.
 */
export const mirrorAccount = async (
  { clock, mirror }: Deps,
  { type, payload }: DomainEvent,
): Promise<void> => {
  if (type !== 'session.ended') return;
  const { userId, sessionId } = ended.parse(payload);
  const deleteAfter = new Date(clock().getTime() + (sessionDays + 1) * dayMs);
  await mirror.put(`endedSessions/${sessionId}`, { userId, deleteAfter });
};
