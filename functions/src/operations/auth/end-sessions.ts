import type { NewEvent } from '../../domain/event.ts';

/** Tells the realtime mirror that a session is over, so that Firestore's rules refuse it too. */
export const announceEnd = (userId: number, sessionId: string): NewEvent => ({
  topic: 'task-events',
  type: 'session.ended',
  payload: { userId, sessionId },
});
