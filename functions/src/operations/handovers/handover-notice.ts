import type { NewEvent } from '../../domain/event.ts';

type About = { projectId: number; actorId: number; userIds: number[] };

/** Tells particular people: neither the project's history nor its other members hear of it. */
export const handoverNotice = (
  what: 'requested' | 'taken' | 'resolved',
  { projectId, actorId, userIds }: About,
): NewEvent => ({
  topic: 'reminders',
  type: `handover.${what}`,
  projectId,
  payload: { actorId, userIds },
});
