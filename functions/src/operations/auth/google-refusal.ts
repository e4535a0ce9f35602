import { Failure, type FailureCode } from '../../platform/failure.ts';
import type { Caller, Visitor } from '../../platform/operation.ts';
import { record, type SecurityLog } from './security-log.ts';

const refusals: ReadonlySet<FailureCode> = new Set([
  'unauthenticated',
  'conflict',
  'email_not_verified',
]);

/** Waits for something that Google's word decides; when it is refused, that is a security event. */
export const noteRefusal = async <T>(
  log: SecurityLog,
  who: Visitor & Partial<Caller>,
  work: Promise<T>,
  userId = who.userId,
): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Failure && refusals.has(error.code)) {
      const details = { reason: error.code };
      await record(log, who, { type: 'google.refused', outcome: 'failure', userId, details });
    }
    throw error;
  }
};
