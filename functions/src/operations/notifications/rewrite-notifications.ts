import { z } from 'zod';
import type { DomainEvent } from '../../domain/event.ts';
import type { AddressedNotification } from '../../domain/notification-readers.ts';
import { documentOf, placeOf } from './notification-document.ts';

type Deps = {
  mirror: {
    putAll(documents: [path: string, document: Record<string, unknown>][]): Promise<void>;
    remove(path: string): Promise<void>;
  };
  notifications: { ofIds(ids: number[]): Promise<AddressedNotification[]> };
};

const payload = z.object({
  notifications: z.array(z.object({ userId: z.int(), id: z.int() })),
});

/** Writes notifications to Firestore as they read now: whoever they named has been erased since. */
export const rewriteNotifications = async (
  { mirror, notifications }: Deps,
  event: DomainEvent,
): Promise<void> => {
  const named = payload.parse(event.payload).notifications;
  const present = await notifications.ofIds(named.map(({ id }) => id));
  await mirror.putAll(present.map(one => [placeOf(one), documentOf(one)]));
  const shown = new Set(present.map(({ id }) => id));
  for (const one of named) if (!shown.has(one.id)) await mirror.remove(placeOf(one));
};
