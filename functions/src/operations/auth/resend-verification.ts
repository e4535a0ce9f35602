import { z } from 'zod';
import { email } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { accepted } from './auth-fields.ts';
import { type MailRequestDeps, requestMail } from './request-mail.ts';

export const resendVerification = defineOperation({
  name: 'auth/resendVerification',
  summary: 'Mails a new confirmation link, if an account waits for one at this address',
  route: 'POST /auth/resend-verification',
  access: 'public',
  input: z.strictObject({ email }),
  output: accepted,
  status: 202,
  failures: ['rate_limited'],
  run: (deps: MailRequestDeps, visitor, input) =>
    requestMail(deps, visitor, 'mail.verification_requested', input.email),
});
