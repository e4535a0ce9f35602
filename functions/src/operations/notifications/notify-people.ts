import { z } from 'zod';
import type { DomainEvent } from '../../domain/event.ts';
import { type Audience, type Notice, noticesOf } from '../../domain/notification.ts';
import { channelsFor, isQuiet } from '../../domain/notification-preferences.ts';
import type {
  AddressedNotification,
  PlacedNotice,
  Reader,
} from '../../domain/notification-readers.ts';
import { noticeText } from '../../domain/notification-wording.ts';
import { log } from '../../platform/log.ts';
import type { InTransaction } from '../operation.ts';
import { documentOf, placeOf } from './notification-document.ts';

export type NotifyDeps = {
  clock(): Date;
  mirror: { put(path: string, document: Record<string, unknown>): Promise<void> };
  push(message: { topic: string; body: string; data: Record<string, string> }): Promise<void>;
  pushTopic(userId: number): string;
  inTransaction: InTransaction<{
    consumed: { claim(consumer: string, eventId: number): Promise<boolean> };
    notifications: {
      audience(taskId: number): Promise<Audience>;
      readers(projectId: number, userIds: number[]): Promise<Reader[]>;
      insert(
        event: {
          eventId: number;
          projectId: number;
          taskId: number | null;
          actorId: number | null;
        },
        notices: PlacedNotice[],
      ): Promise<void>;
      ofEvent(eventId: number): Promise<AddressedNotification[]>;
    };
  }>;
};

const references = z.object({
  taskId: z.int().optional(),
  actorId: z.int().nullable().optional(),
});

const nobody: Audience = { assigneeId: null, creatorId: null, watcherIds: [] };

/** Tells the people whom an event concerns, where they want to hear of it: in the product, by mail, by phone. */
export const notifyPeople = async (deps: NotifyDeps, event: DomainEvent): Promise<void> => {
  const { projectId, eventId } = event;
  if (projectId === null) return;
  const { taskId = null, actorId = null } = references.parse(event.payload);
  const told = await deps.inTransaction(async ({ consumed, notifications }) => {
    if (!(await consumed.claim('notify', eventId))) return [];
    const audience = taskId === null ? nobody : await notifications.audience(taskId);
    const notices = noticesOf(event, audience);
    if (notices.length === 0) return [];
    const ids = notices.map(({ userId }) => userId);
    const placed = place(notices, await notifications.readers(projectId, ids));
    await notifications.insert({ eventId, projectId, taskId, actorId }, placed);
    const addressed = await notifications.ofEvent(eventId);
    for (const one of addressed.filter(({ inApp }) => inApp))
      await deps.mirror.put(placeOf(one), documentOf(one));
    return addressed;
  });
  const now = deps.clock();
  await Promise.all(told.filter(isPushed(now)).map(one => pushTo(deps, one)));
};

/** These have a mail of their own; the daily one need not count them. */
const mailedAtOnce: ReadonlySet<Notice['kind']> = new Set(['handover_requested', 'summary']);

/** Leaves out people who want to hear nothing of it anywhere. */
const place = (notices: Notice[], readers: Reader[]): PlacedNotice[] => {
  const wishes = new Map(readers.map(({ userId, preferences }) => [userId, preferences]));
  return notices.flatMap(notice => {
    const chosen = wishes.get(notice.userId);
    if (!chosen) return [];
    const { inApp, mail, push } = channelsFor(chosen, notice.kind);
    return inApp || mail || push
      ? [{ ...notice, inApp, byMail: mail && !mailedAtOnce.has(notice.kind) }]
      : [];
  });
};

const isPushed =
  (now: Date) =>
  ({ preferences, kind, timezone }: AddressedNotification): boolean =>
    channelsFor(preferences, kind).push && !isQuiet(preferences, now, timezone);

/** A phone that cannot be reached now is no reason to tell everybody again. */
const pushTo = async (
  { push, pushTopic }: NotifyDeps,
  one: AddressedNotification,
): Promise<void> => {
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
