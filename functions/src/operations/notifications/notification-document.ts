import { notificationDays } from '../../domain/notification.ts';
import type { AddressedNotification } from '../../domain/notification-readers.ts';
import { noticeText } from '../../domain/notification-wording.ts';

const dayMs = 86_400_000;

export const placeOf = ({ userId, id }: { userId: number; id: number }): string =>
  `users/${userId}/notifications/${id}`;

/** A notification as screens follow it in Firestore; it goes there when it goes from PostgreSQL. */
export const documentOf = ({
  preferences: _preferences,
  timezone: _timezone,
  inApp: _inApp,
  facts,
  locale,
  ...one
}: AddressedNotification) => ({
  ...one,
  text: noticeText({ ...one, facts }, locale),
  deleteAfter: new Date(Date.parse(one.createdAt) + notificationDays * dayMs),
});
