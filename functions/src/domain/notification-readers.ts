import type { Locale } from '../platform/failure.ts';
import type { Notice, Notification } from './notification.ts';
import type { Preferences } from './notification-preferences.ts';

/** Somebody who may be told, and how they want to hear of it. */
export type Reader = { userId: number; preferences: Preferences };

/** A notice, and where its reader wants it. */
export type PlacedNotice = Notice & { inApp: boolean; byMail: boolean };

/** A notification with what is needed to tell its reader elsewhere too. */
export type AddressedNotification = Notification &
  Reader & { locale: Locale; timezone: string; inApp: boolean };

/** A reader with something unread that no mail has told them of. */
export type UnmailedReader = Reader & { timezone: string };
