import { z } from 'zod';
import { instant, pageOf } from '../fields.ts';

export const securityEventPage = pageOf(
  z.object({
    id: z.int(),
    type: z.string(),
    outcome: z.enum(['success', 'failure', 'blocked']),
    userId: z.int().nullable(),
    actorId: z.int().nullable(),
    sessionId: z.string().nullable(),
    requestId: z.string(),
    address: z.string().nullable(),
    device: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    occurredAt: instant,
  }),
);

type Event = z.input<typeof securityEventPage>['items'][number];

export type SecurityEventsDeps = {
  securityEvents: {
    list(limit: number, beforeId?: number, userId?: number): Promise<Event[]>;
  };
};

/** As the person sees it whom it concerns: where an administrator acted from is not theirs to know. */
export const asSeenBy =
  (userId: number) =>
  (event: Event): Event =>
    event.actorId === null || event.actorId === userId
      ? event
      : { ...event, sessionId: null, address: null, device: null };
