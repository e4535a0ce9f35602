import { z } from 'zod';
import { email } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { accepted } from './auth-fields.ts';
import { type MailRequestDeps, requestMail } from './request-mail.ts';

export const forgotPassword = defineOperation({
  name: 'auth/forgotPassword',
  summary: 'Mails a link to choose a new password, if there is an account at this address',
  route: 'POST /auth/forgot-password',
  access: 'public',
  input: z.strictObject({ email }),
  output: accepted,
  status: 202,
  failures: ['rate_limited'],
  run: (deps: MailRequestDeps, visitor, input) =>
    requestMail(deps, visitor, 'mail.reset_requested', input.email),
});
