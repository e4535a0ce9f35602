import { z } from 'zod';
import { deliveryStates } from '../../domain/webhook.ts';
import { id, instant } from '../fields.ts';

export const webhookUrl = z.url({ protocol: /^https$/ }).max(2_000);
export const webhookEvents = z
  .array(
    z
      .string()
      .regex(/^[a-z]+(?:\.[a-z_]+)?$/)
      .max(60),
  )
  .max(50);

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
