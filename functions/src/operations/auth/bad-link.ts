import type { Failure } from '../../platform/failure.ts';
import { refusal } from '../refusal.ts';
import { wording } from './auth-wording.ts';

/** One answer for a token that is unknown, used, expired, replaced or meant for something else. */
export const badLink = (): Failure => refusal('token', wording.badLink);
