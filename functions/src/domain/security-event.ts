export type SecurityEventType =
  | 'account.registered'
  | 'account.verified'
  | 'account.updated'
  | 'account.email_change_requested'
  | 'account.email_changed'
  | 'account.email_change_undone'
  | 'account.status_changed'
  | 'account.exported'
  | 'account.erased'
  | 'consent.changed'
  | 'session.started'
  | 'session.refused'
  | 'session.refreshed_twice'
  | 'session.ended'
  | 'session.suspicious'
  | 'identity.proved_again'
  | 'password.changed'
  | 'password.reset_requested'
  | 'password.reset'
  | 'google.refused'
  | 'google.linked'
  | 'google.unlinked'
  | 'second_factor.started'
  | 'second_factor.enabled'
  | 'second_factor.disabled'
  | 'second_factor.refused'
  | 'recovery_code.used'
  | 'recovery_codes.replaced'
  | 'mail.sent_again'
  | 'address_rule.added'
  | 'address_rule.removed'
  | 'address.blocked';

export type SecurityOutcome = 'success' | 'failure' | 'blocked';

export type NewSecurityEvent = {
  type: SecurityEventType;
  outcome: SecurityOutcome;
  /** Whose account it concerns; none when there is no such account. */
  userId?: number | undefined;
  actorId?: number | undefined;
  sessionId?: string | undefined;
  requestId: string;
  address?: string | undefined;
  device?: string | undefined;
  /** Codes and ids only: it outlives the account. */
  details?: Record<string, string | number | boolean>;
};
