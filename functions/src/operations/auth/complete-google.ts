import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { oneTimeToken, signedIn } from './auth-fields.ts';
import { enteringFailures, enterWithGoogle } from './enter-with-google.ts';
import {
  answer,
  clearCookie,
  type GoogleAnswerDeps,
  handoffKey,
  identityFrom,
  refuse,
  sameBrowser,
} from './google-answer.ts';

export const completeGoogle = defineOperation({
  name: 'auth/completeGoogle',
  summary: 'Completes a sign-in with Google, with its code and state or with a handoff',
  route: 'POST /auth/oauth/google/callback',
  access: 'public',
  input: z.strictObject({ ...answer, handoff: oneTimeToken.optional() }),
  output: signedIn,
  headersOf: () => ({ 'set-cookie': clearCookie }),
  failures: enteringFailures,
  run: async (deps: GoogleAnswerDeps, visitor, { handoff, ...given }) => {
    if (handoff === undefined)
      return enterWithGoogle(deps, visitor, (await identityFrom(deps, visitor, given)).identity);
    const kept = await deps.pendingSignIns.take(handoffKey(handoff));
    if (!kept || !sameBrowser(visitor, kept)) return refuse(deps, visitor, 'handoff');
    return enterWithGoogle(deps, visitor, JSON.parse(kept['identity'] ?? '{}'));
  },
});
