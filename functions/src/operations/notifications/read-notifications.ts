import { z } from 'zod';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';

type Deps = {
  clock(): Date;
  mirror: { change(path: string, fields: Record<string, unknown>): Promise<void> };
  notifications: { markRead(userId: number, ids: number[] | undefined): Promise<number[]> };
};

export const readNotifications = defineOperation({
  name: 'projects/readNotifications',
  summary: 'Marks notifications as read: those named, or all',
  route: 'POST /notifications/read',
  access: 'user',
  input: z.strictObject({ ids: z.array(id).min(1).max(100).optional() }),
  output: z.object({ read: z.int() }),
  run: async ({ clock, mirror, notifications }: Deps, caller, { ids }) => {
    const read = await notifications.markRead(caller.userId, ids);
    const readAt = clock().toISOString();
    // Screens follow the latest; what lies further back they do not show.
    await Promise.all(
      read
        .slice(-100)
        .map(one => mirror.change(`users/${caller.userId}/notifications/${one}`, { readAt })),
    );
    return { read: read.length };
  },
});
