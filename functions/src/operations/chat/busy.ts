import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';

/** Another message of the same conversation is being answered; this one did nothing. */
export const busy = (): Failure =>
  new Failure('conflict', { detail: wording.conversationBusy, retryAfter: 1 });
