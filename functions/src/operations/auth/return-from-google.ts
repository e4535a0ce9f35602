import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { signedIn } from './auth-fields.ts';
import { enteringFailures, enterWithGoogle } from './enter-with-google.ts';
import {
  answer,
  ascii,
  clearCookie,
  type GoogleAnswerDeps,
  handoffKey,
  identityFrom,
} from './google-answer.ts';

/** What Google adds beyond that is not looked at. */
const ignored = {
  scope: ascii(1_000),
  authuser: ascii(20),
  hd: ascii(255),
  prompt: ascii(50),
  session_state: ascii(200),
  error_description: ascii(300),
  error_uri: ascii(300),
};

export const returnFromGoogle = defineOperation({
  name: 'auth/returnFromGoogle',
  summary: 'Where Google sends a browser back: answers tokens, or leads to the page that began it',
  route: 'GET /auth/oauth/google/callback',
  access: 'public',
  input: z.strictObject({ ...answer, ...ignored }),
  output: z.union([signedIn, z.object({ redirectTo: z.string() })]),
  statuses: [200, 302],
  statusOf: output => ('redirectTo' in output ? 302 : 200),
  headersOf: output =>
    'redirectTo' in output ? { location: output.redirectTo } : { 'set-cookie': clearCookie },
  failures: enteringFailures,
  run: async (deps: GoogleAnswerDeps, visitor, { state, code, iss, error }) => {
    const { identity, returnTo } = await identityFrom(deps, visitor, { state, code, iss, error });
    if (returnTo === undefined) return enterWithGoogle(deps, visitor, identity);
    // Tokens never travel in a URL: the page exchanges this, in the same browser, by POST.
    const handoff = deps.tokens.random();
    const browserKey = visitor.browserKey ?? '';
    const kept = { identity: JSON.stringify(identity), browserKey };
    await deps.pendingSignIns.put(handoffKey(handoff), kept);
    return { redirectTo: `${returnTo}#handoff=${handoff}` };
  },
});
