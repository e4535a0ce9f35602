import { Failure } from '../platform/failure.ts';
import { log } from '../platform/log.ts';

/** What the caller is told of whatever was thrown; what is not a Failure is logged and shown as nothing. */
export const failureOf = (error: unknown, fields: Record<string, unknown>): Failure => {
  if (error instanceof Failure) {
    if (error.code === 'unavailable') log.error('dependency.unavailable', error.cause, fields);
    return error;
  }
  log.error('operation.failed', error, fields);
  return new Failure('internal', { cause: error });
};
