import type { ClientKind } from '../platform/operation.ts';

export const accessTokenSeconds = 900;
/** Absolute: no refresh moves the end of a session. */
export const sessionDays = 7;
/** How long a proof of identity counts as fresh for changes that endanger the account. */
export const freshProofSeconds = 600;
/** A refresh token that comes twice within this time answers the same successor: two tabs, a lost reply. */
export const refreshGraceSeconds = 10;
/** The oldest sessions end when there are more. */
export const sessionLimit = 20;

export type SignInMethod = 'password' | 'google';

/** An identity that signs in to an account. */
export type AuthMethod = {
  provider: SignInMethod;
  issuer: string;
  subject: string;
  /** It proved the mailbox of the account when it was linked. */
  sameMailbox: boolean;
};

export type EndReason =
  | 'logout'
  | 'logout_all'
  | 'ended_by_user'
  | 'refresh_reused'
  | 'password_changed'
  | 'password_reset'
  | 'email_changed'
  | 'disabled'
  | 'erased'
  | 'second_factor_changed'
  | 'too_many';

/** What a token proves: whose session it belongs to and when that person last proved who they are. */
export type SessionProof = {
  userId: number;
  sessionId: string;
  /** Seconds since 1970. */
  authenticatedAt: number;
};

export type NewSession = {
  id: string;
  userId: number;
  method: SignInMethod;
  secondFactor: boolean;
  client: ClientKind;
  device: string;
  address: string;
  /** The sign-in did not look like its owner's. */
  doubtful: boolean;
};

export type Session = Omit<NewSession, 'userId' | 'client' | 'doubtful'> & {
  createdAt: string;
  authenticatedAt: string;
  lastUsedAt: string;
  expiresAt: string;
};

/** What is known of a person before they sign in. */
export type SignInHistory = {
  /** A second factor is turned on. */
  secondFactor: boolean;
  /** They have used other devices before, this one never. */
  strangeDevice: boolean;
  /** Refused tries within the last hour. */
  failures: number;
  lastSeen?: { address: string; at: string };
};

export type RefreshToken = {
  sessionId: string;
  userId: number;
  /** Seconds since it was used; none while it is fresh. */
  usedSecondsAgo: number | null;
  successor: Buffer | null;
  /** Session and account still count. */
  live: boolean;
  secondFactor: boolean;
  /** Kind of client that began the session; none for sessions from before there were kinds. */
  client: ClientKind | null;
  /** Both in seconds since 1970. */
  authenticatedAt: number;
  expiresAt: number;
};
