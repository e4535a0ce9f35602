import { z } from 'zod';
import { projectEventFamilies, projectEventTypes } from '../../domain/project-event-types.ts';
import { deliveryStates, type Webhook } from '../../domain/webhook.ts';
import { projectEvent } from '../events/project-event.ts';
import { id, instant } from '../fields.ts';

export const webhookUrl = z.url({ protocol: /^https$/ }).max(2_000);
/** Types of events, or a family of them such as `task`; none at all means everything. */
export const webhookEvents = z
  .array(z.enum([...projectEventFamilies, ...projectEventTypes]))
  .max(50)
  .overwrite(events => [...new Set(events)]);

const shape = {
  id,
  projectId: id,
  url: z.string(),
  events: z.array(z.string()),
  active: z.boolean(),
  failingSince: instant.nullable(),
  createdAt: instant,
};

export const webhook = z.object(shape).meta({ id: 'Webhook' });

/** The secret is shown once, when it is made. */
export const webhookWithSecret = z
  .object({ ...shape, secret: z.string() })
  .meta({ id: 'NewWebhook' });

export const delivery = z
  .object({
    id,
    webhookId: id,
    eventId: id,
    replay: z.int(),
    type: z.string(),
    state: z.enum(deliveryStates),
    attempts: z.int(),
    nextAttemptAt: instant,
    lastStatus: z.int().nullable(),
    lastError: z.string().nullable(),
    createdAt: instant,
    deliveredAt: instant.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });

/** Webhooks that one project may have. */
export const webhookLimit = 20;

/** What the history keeps of a webhook. An address may hold a secret, its host does not. */
export const traced = ({ url, events, active }: Webhook) => ({
  host: new URL(url).hostname,
  events,
  active,
});

type Change = { before?: object; after?: object };

export const webhookEvent = (
  type: 'webhook.created' | 'webhook.updated' | 'webhook.deleted',
  { id: webhookId, projectId }: Webhook,
  actorId: number,
  change: Change,
) => projectEvent(type, { projectId, actorId }, { webhookId, ...change });
