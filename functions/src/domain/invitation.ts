import type { Locale } from '../platform/failure.ts';
import type { Role } from './permission.ts';

export const invitationStates = [
  'pending',
  'accepted',
  'declined',
  'cancelled',
  'expired',
] as const;
export type InvitationState = (typeof invitationStates)[number];

export type InvitedRole = Exclude<Role, 'owner'>;

export type Invitation = {
  id: number;
  projectId: number;
  projectName: string;
  /** Of the project: nothing is known yet of whoever is invited. */
  language: Locale;
  email: string;
  role: InvitedRole;
  state: InvitationState;
  inviterId: number | null;
  inviterName: string | null;
  requestedAt: string;
  expiresAt: string;
  createdAt: string;
};

export const invitationDays = 14;
/** Seconds between two mails of one invitation. */
export const resendSeconds = 60;
/** Invitations of one project that may wait for an answer. */
export const invitationLimit = 200;
