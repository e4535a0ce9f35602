import type { Locale } from '../platform/failure.ts';
import type { Given } from './given.ts';
import type { Preferences } from './notification-preferences.ts';

export type UserStatus = 'pending_verification' | 'active' | 'disabled' | 'erased';

export type User = {
  id: number;
  email: string;
  fullName: string;
  avatarUrl: string | null;
  emailVerified: boolean;
  status: UserStatus;
  timezone: string;
  locale: Locale;
  createdAt: string;
};

export type NewUser = {
  email: string;
  fullName: string;
  locale: Locale;
  timezone?: string | undefined;
};

export type UserChanges = Given<{
  fullName: string;
  avatarUrl: string | null;
  timezone: string;
  locale: Locale;
  notificationPreferences: Preferences;
}>;

/** The form in which addresses are stored and compared: one account whatever the case. */
export const normalEmail = (email: string): string => email.trim().toLowerCase();
