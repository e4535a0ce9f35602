import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { signedIn } from './auth-fields.ts';
import {
  type EnterWithGoogleDeps,
  enteringFailures,
  enterWithGoogle,
} from './enter-with-google.ts';
import type { Google } from './google-deps.ts';
import { noteRefusal } from './google-refusal.ts';

type Deps = EnterWithGoogleDeps & { google: Google };

export const signInWithGoogleToken = defineOperation({
  name: 'auth/signInWithGoogleToken',
  summary: 'Signs in with the ID token that a phone got from Google',
  route: 'POST /auth/oauth/google',
  access: 'public',
  input: z.strictObject({ idToken: z.string().max(8_192) }),
  output: signedIn,
  failures: enteringFailures,
  run: async (deps: Deps, visitor, { idToken }) =>
    enterWithGoogle(
      deps,
      visitor,
      await noteRefusal(deps.securityEvents, visitor, deps.google.verifyIdToken(idToken)),
    ),
});
