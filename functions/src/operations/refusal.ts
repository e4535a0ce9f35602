import { Failure, type Text } from '../platform/failure.ts';

/** Refuses one field of the input for a reason that its schema cannot know. */
export const refusal = (path: string, detail: Text): Failure =>
  new Failure('validation_failed', { detail, errors: [{ path, message: detail }] });
