import type { NewEvent } from '../../domain/event.ts';
import type { EndReason } from '../../domain/session.ts';
import type { Caller, Visitor } from '../../platform/operation.ts';
import type { AddEvents } from '../events/project-event.ts';
import { record, type SecurityLog } from './security-log.ts';

export type EndSessionsUnit = {
  sessions: { endAll(userId: number, reason: EndReason, keep?: string): Promise<string[]> };
  endedSessions: { remember(ids: string[]): Promise<void> };
  securityEvents: SecurityLog;
  outbox: AddEvents;
};

/** Tells the realtime mirror that a session is over, so that Firestore's rules refuse it too. */
export const announceEnd = (userId: number, sessionId: string): NewEvent => ({
  topic: 'account-events',
  type: 'session.ended',
  payload: { userId, sessionId },
});

/** Ends the sessions of a person, but `keep`, on every road: refresh, access, callables, Firestore. */
export const endSessions = async (
  unit: EndSessionsUnit,
  who: Visitor & Partial<Caller>,
  userId: number,
  reason: EndReason,
  keep?: string,
): Promise<void> => {
  const ids = await unit.sessions.endAll(userId, reason, keep);
  if (ids.length === 0) return;
  await unit.outbox.add(...ids.map(id => announceEnd(userId, id)));
  await record(unit.securityEvents, who, {
    type: 'session.ended',
    outcome: 'success',
    userId,
    details: { reason, count: ids.length },
  });
  // Before the commit: when the list cannot be reached, nothing has happened and the caller may retry.
  await unit.endedSessions.remember(ids);
};
