import type { Locale } from '../platform/failure.ts';

/** What happened to an account that its owner should hear of. */
export type AccountNotice =
  | 'new_device'
  | 'suspicious_sign_in'
  | 'password_changed'
  | 'refresh_reused'
  | 'second_factor_enabled'
  | 'second_factor_disabled'
  | 'recovery_code_used'
  | 'email_changed'
  | 'google_linked'
  | 'google_unlinked';

/** What we write to people about. Facts are filled into the wording; a token becomes a link. */
export type MailKind =
  | AccountNotice
  | 'verify_email'
  | 'account_exists'
  | 'choose_password'
  | 'reset_password'
  | 'confirm_email_change'
  | 'email_change_requested'
  | 'digest'
  | 'handover_requested'
  | 'summary'
  | 'invitation';

export type Mail = {
  to: string;
  locale: Locale;
  kind: MailKind;
  /** Lives only in the mail: what is stored is its digest. */
  token?: string | undefined;
  facts?: Record<string, string | number> | undefined;
};

/** The server will never take this mail, however often it is offered. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
  /** The server's code, such as `550`. */
  readonly reason: string;

  constructor(reason: string, cause: unknown) {
    super('The mail server refused the mail', { cause });
    this.reason = reason;
  }
}

export type FailedMail = {
  id: number;
  type: string;
  userId: number | null;
  invitationId: number | null;
  attempts: number;
  reason: string;
  firstFailedAt: string;
  lastFailedAt: string;
  givenUpAt: string | null;
};
