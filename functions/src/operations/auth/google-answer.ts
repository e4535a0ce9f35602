import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import type { Visitor } from '../../platform/operation.ts';
import type { EnterWithGoogleDeps } from './enter-with-google.ts';
import type { Google, PendingSignIns } from './google-deps.ts';
import { record, type SecurityLog } from './security-log.ts';

export type GoogleAnswerDeps = EnterWithGoogleDeps & {
  google: Google;
  pendingSignIns: PendingSignIns;
  securityEvents: SecurityLog;
};

// Visible ASCII and blanks, as OAuth has it (RFC 6749, appendix A); all together fit into a URL.
export const ascii = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[ -~]*$/)
    .optional();

/** What Google sends a browser back with. */
export const answer = { state: ascii(200), code: ascii(1_000), iss: ascii(200), error: ascii(100) };

type Answer = { [K in keyof typeof answer]?: string | undefined };

/** Where an identity waits for the page that began the sign-in. */
export const handoffKey = (handoff: string): string => `handoff:${handoff}`;

/** Takes the cookie away that tied the way to Google to this browser. */
export const clearCookie = '__Host-sign-in=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0';

/** Whom Google's answer speaks for, once it fits what the browser left with. */
export const identityFrom = async (deps: GoogleAnswerDeps, visitor: Visitor, given: Answer) => {
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
export const sameBrowser = (visitor: Visitor, kept: Record<string, string>): boolean =>
  visitor.browserKey !== undefined && visitor.browserKey === kept['browserKey'];

export const refuse = async (
  deps: GoogleAnswerDeps,
  visitor: Visitor,
  reason: string,
): Promise<never> => {
  const details = { reason };
  await record(deps.securityEvents, visitor, {
    type: 'google.refused',
    outcome: 'failure',
    details,
  });
  throw new Failure('unauthenticated');
};
