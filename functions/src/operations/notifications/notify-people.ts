import { z } from 'zod';
import type { DomainEvent } from '../../domain/event.ts';
import {
  type Audience,
  type Notice,
  type Notification,
  noticesOf,
  noticeText,
} from '../../domain/notification.ts';
import type { Locale } from '../../platform/failure.ts';
import { log } from '../../platform/log.ts';
import type { InTransaction } from '../operation.ts';

type Addressed = Notification & { userId: number; locale: Locale; push: boolean };

export type NotifyDeps = {
  mirror: { put(path: string, document: Record<string, unknown>): Promise<void> };
  push(message: { topic: string; body: string; data: Record<string, string> }): Promise<void>;
  pushTopic(userId: number): string;
  inTransaction: InTransaction<{
    consumed: { claim(consumer: string, eventId: number): Promise<boolean> };
    notifications: {
      audience(taskId: number): Promise<Audience>;
      insert(
        event: {
          eventId: number;
          projectId: number;
          taskId: number | null;
          actorId: number | null;
        },
        notices: Notice[],
      ): Promise<void>;
      ofEvent(eventId: number): Promise<Addressed[]>;
    };
  }>;
};

const references = z.object({
  taskId: z.int().optional(),
  actorId: z.int().nullable().optional(),
});

const nobody: Audience = { assigneeId: null, creatorId: null, watcherIds: [] };

/** Tells the people whom an event concerns: in the product at once, on their phones as well as may be. */
export const notifyPeople = async (deps: NotifyDeps, event: DomainEvent): Promise<void> => {
  const { projectId, eventId } = event;
  if (projectId === null) return;
  const { taskId = null, actorId = null } = references.parse(event.payload);
  const told = await deps.inTransaction(async ({ consumed, notifications }) => {
    if (!(await consumed.claim('notify', eventId))) return [];
    const audience = taskId === null ? nobody : await notifications.audience(taskId);
    const notices = noticesOf(event, audience);
    if (notices.length === 0) return [];
    await notifications.insert({ eventId, projectId, taskId, actorId }, notices);
    const addressed = await notifications.ofEvent(eventId);
    for (const one of addressed)
      await deps.mirror.put(`users/${one.userId}/notifications/${one.id}`, documentOf(one));
    return addressed;
  });
  await Promise.all(told.filter(one => one.push).map(one => pushTo(deps, one)));
};

const documentOf = ({ push: _push, locale, ...one }: Addressed) => ({
  ...one,
  text: noticeText(one, locale),
});

/** A phone that cannot be reached now is no reason to tell everybody again. */
const pushTo = async ({ push, pushTopic }: NotifyDeps, one: Addressed): Promise<void> => {
  try {
    await push({
      topic: pushTopic(one.userId),
      body: noticeText(one, one.locale),
      data: { notificationId: String(one.id), projectId: String(one.projectId) },
    });
  } catch (error) {
    log.error('push.failed', error, { notificationId: one.id });
  }
};
