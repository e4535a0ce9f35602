import { z } from 'zod';
import type { DomainEvent } from '../domain/event.ts';

/** A domain event as it arrives from Pub/Sub. */
export const domainEvent = z.object({
  eventId: z.int().positive(),
  type: z.string(),
  projectId: z.int().positive().nullable(),
  occurredAt: z.string(),
  payload: z.record(z.string(), z.unknown()),
}) satisfies z.ZodType<DomainEvent>;
