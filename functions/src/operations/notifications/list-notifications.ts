import { z } from 'zod';
import type { Notification } from '../../domain/notification.ts';
import { noticeText } from '../../domain/notification-wording.ts';
import { decodeCursor, page, pageOf, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { notification } from './notification-schema.ts';

type Deps = {
  notifications: {
    list(
      userId: number,
      unread: boolean,
      limit: number,
      beforeId?: number,
    ): Promise<Notification[]>;
  };
};

export const listNotifications = defineOperation({
  name: 'projects/listNotifications',
  summary: 'What the caller was told, newest first; kept for 90 days',
  route: 'GET /notifications',
  access: 'user',
  input: z.strictObject({ unread: z.boolean().default(false), ...page }),
  output: pageOf(notification),
  run: async ({ notifications }: Deps, caller, { unread, limit, cursor }) => {
    const before = decodeCursor(cursor);
    const rows = await notifications.list(caller.userId, unread, limit + 1, before);
    const told = rows.map(row => ({ ...row, text: noticeText(row, caller.locale) }));
    return toPage(told, limit, row => row.id);
  },
});
