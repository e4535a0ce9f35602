/** What a token from a mail may do; it opens nothing else. */
export type TokenPurpose = 'verify_email' | 'reset_password' | 'change_email' | 'undo_email_change';

export const tokenMinutes: Record<TokenPurpose, number> = {
  verify_email: 24 * 60,
  reset_password: 60,
  change_email: 60,
  // Long enough for an owner who reads the old mailbox only now and then.
  undo_email_change: 7 * 24 * 60,
};

/** Whom a token was issued to, and for which address. */
export type OneTimeToken = { userId: number; email: string | null };
