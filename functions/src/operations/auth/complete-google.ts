import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import type { Caller, Visitor } from '../../platform/operation.ts';
import { defineOperation } from '../operation.ts';
import { oneTimeToken, signedIn } from './auth-fields.ts';
import { type EnterWithGoogleDeps, enterWithGoogle } from './enter-with-google.ts';
import type { Google, PendingSignIns } from './google-deps.ts';
import { record, type SecurityLog } from './security-log.ts';

type Deps = EnterWithGoogleDeps & {
  google: Google;
  pendingSignIns: PendingSignIns;
  securityEvents: SecurityLog;
};

// Visible ASCII and blanks, as OAuth has it (RFC 6749, appendix A); all together fit into a URL.
const ascii = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[ -~]*$/)
    .optional();

/** What Google sends back; what it adds beyond code and state is not looked at. */
const answer = { state: ascii(200), code: ascii(1_000), iss: ascii(200), error: ascii(100) };
const ignored = {
  scope: ascii(1_000),
  authuser: ascii(20),
  hd: ascii(255),
  prompt: ascii(50),
  session_state: ascii(200),
  error_description: ascii(300),
  error_uri: ascii(300),
};

type Answer = { [K in keyof typeof answer]?: string | undefined };

const handoffPrefix = 'handoff:';
const clearCookie = '__Host-sign-in=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0';

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
  failures: [
    'unauthenticated',
    'conflict',
    'email_not_verified',
    'mfa_required',
    'not_found',
    'unavailable',
  ],
  run: async (deps: Deps, visitor, { state, code, iss, error }) => {
    const { identity, returnTo } = await identityFrom(deps, visitor, { state, code, iss, error });
    if (returnTo === undefined) return enterWithGoogle(deps, visitor, identity);
    // Tokens never travel in a URL: the page exchanges this, in the same browser, by POST.
    const handoff = deps.tokens.random();
    const browserKey = visitor.browserKey ?? '';
    const kept = { identity: JSON.stringify(identity), browserKey };
    await deps.pendingSignIns.put(handoffPrefix + handoff, kept);
    return { redirectTo: `${returnTo}#handoff=${handoff}` };
  },
});

export const completeGoogle = defineOperation({
  name: 'auth/completeGoogle',
  summary: 'Completes a sign-in with Google, with its code and state or with a handoff',
  route: 'POST /auth/oauth/google/callback',
  access: 'public',
  input: z.strictObject({ ...answer, handoff: oneTimeToken.optional() }),
  output: signedIn,
  headersOf: () => ({ 'set-cookie': clearCookie }),
  failures: [
    'unauthenticated',
    'conflict',
    'email_not_verified',
    'mfa_required',
    'not_found',
    'unavailable',
  ],
  run: async (deps: Deps, visitor, { handoff, ...given }) => {
    if (handoff === undefined)
      return enterWithGoogle(deps, visitor, (await identityFrom(deps, visitor, given)).identity);
    const kept = await deps.pendingSignIns.take(handoffPrefix + handoff);
    if (!kept || !sameBrowser(visitor, kept)) return refuse(deps, visitor, 'handoff');
    return enterWithGoogle(deps, visitor, JSON.parse(kept['identity'] ?? '{}'));
  },
});

const identityFrom = async (deps: Deps, visitor: Visitor & Partial<Caller>, given: Answer) => {
  const kept = given.state === undefined ? undefined : await deps.pendingSignIns.take(given.state);
  if (!kept || !sameBrowser(visitor, kept)) return refuse(deps, visitor, 'state');
  if (given.code === undefined) return refuse(deps, visitor, 'no_code');
  const { state = '', nonce = '', verifier = '', returnTo } = kept;
  const answered = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  try {
    const identity = await deps.google.complete(answered, { state, nonce, verifier });
    return { identity, returnTo };
  } catch (error) {
    if (error instanceof Failure && error.code === 'unauthenticated')
      return refuse(deps, visitor, 'provider');
    throw error;
  }
};

/** The browser that comes back must be the one that left: else its user signs in as somebody else. */
const sameBrowser = (visitor: Visitor, kept: Record<string, string>): boolean =>
  visitor.browserKey !== undefined && visitor.browserKey === kept['browserKey'];

const refuse = async (deps: Deps, visitor: Visitor, reason: string): Promise<never> => {
  const details = { reason };
  await record(deps.securityEvents, visitor, {
    type: 'google.refused',
    outcome: 'failure',
    details,
  });
  throw new Failure('unauthenticated');
};
