import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import type { Google, PendingSignIns } from './google-deps.ts';

/** Pages that a sign-in may end on; anything else would let a link send people where it likes. */
const returnPaths = ['/', '/app', '/chat', '/projects'] as const;

type Deps = {
  google: Google;
  pendingSignIns: PendingSignIns;
  tokens: { random(): string };
};

export const beginGoogle = defineOperation({
  name: 'auth/beginGoogle',
  summary: 'Sends a browser to Google to sign in',
  route: 'GET /auth/oauth/google',
  access: 'public',
  input: z.strictObject({ returnTo: z.enum(returnPaths).optional() }),
  output: z.object({ authorizationUrl: z.string(), browserKey: z.string() }),
  status: 302,
  headersOf: ({ authorizationUrl, browserKey }) => ({
    location: authorizationUrl,
    'set-cookie': `__Host-sign-in=${browserKey}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600`,
  }),
  failures: ['not_found', 'unavailable'],
  run: async ({ google, pendingSignIns, tokens }: Deps, _visitor, { returnTo }) => {
    const { url, checks } = await google.begin();
    const browserKey = tokens.random();
    await pendingSignIns.put(checks.state, {
      ...checks,
      browserKey,
      ...(returnTo !== undefined && { returnTo }),
    });
    return { authorizationUrl: url, browserKey };
  },
});
