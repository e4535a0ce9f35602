import type { SecurityEventType } from './security-event.ts';

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

/** The mailbox that a token goes to, and when it was asked for. */
export type TokenDestination = { email: string; askedAt: string };

/**
 * What voids a token that was asked for earlier: whoever asked may be whom the owner has just shut out, and
 * their mail may come late.
 */
export const voidedBy: Partial<Record<TokenPurpose, SecurityEventType[]>> = {
  change_email: ['password.reset', 'password.changed', 'account.email_change_undone'],
  // A new password is no reason here: a thief could choose one to keep the owner from coming back.
  undo_email_change: ['account.email_change_undone'],
};
