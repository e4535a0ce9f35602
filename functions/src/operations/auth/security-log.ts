import type { NewSecurityEvent } from '../../domain/security-event.ts';
import type { Caller, Visitor } from '../../platform/operation.ts';

export type SecurityLog = { record(event: NewSecurityEvent): Promise<void> };

type Facts = Pick<NewSecurityEvent, 'type' | 'outcome'> & Partial<NewSecurityEvent>;

/** Records what somebody did or tried, with who they are and where they came from. */
export const record = (
  log: SecurityLog,
  who: Visitor & Partial<Caller>,
  facts: Facts,
): Promise<void> => log.record(eventOf(who, facts));

export const eventOf = (who: Visitor & Partial<Caller>, facts: Facts): NewSecurityEvent => ({
  userId: who.userId,
  actorId: who.userId,
  sessionId: who.sessionId,
  requestId: who.requestId,
  address: who.address,
  device: who.userAgent,
  ...facts,
});
