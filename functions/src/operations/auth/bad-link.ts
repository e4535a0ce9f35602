import { Failure } from '../../platform/failure.ts';
import { wording } from './auth-wording.ts';

/** One answer for a token that is unknown, used, expired, replaced or meant for something else. */
export const badLink = (): Failure =>
  new Failure('validation_failed', {
    detail: wording.badLink,
    errors: [{ path: 'token', message: wording.badLink.es }],
  });
