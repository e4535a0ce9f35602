import type { DomainEvent } from './event.ts';

export type Webhook = {
  id: number;
  projectId: number;
  url: string;
  events: string[];
  active: boolean;
  failingSince: string | null;
  createdAt: string;
};

export const deliveryStates = ['pending', 'delivered', 'failed'] as const;

export type Delivery = {
  id: number;
  webhookId: number;
  eventId: number;
  replay: number;
  type: string;
  state: (typeof deliveryStates)[number];
  attempts: number;
  nextAttemptAt: string;
  lastStatus: number | null;
  lastError: string | null;
  createdAt: string;
  deliveredAt: string | null;
};

/** A delivery that somebody has taken on, with all that sending needs. */
export type DueDelivery = {
  id: number;
  webhookId: number;
  projectId: number;
  type: string;
  body: Record<string, unknown>;
  attempts: number;
  url: string;
  secret: string;
  failingSince: string | null;
};

/** Why nothing was delivered, in a word of ours. */
export type SendingError = 'timeout' | 'unreachable' | 'not_public' | 'too_large' | 'bad_status';

export type Sent = { status: number | null; error: SendingError | null };

/** Minutes until each next attempt; after the last the delivery has failed. */
const backoffMinutes = [1, 5, 30, 120, 360, 720];

/** When to try again after so many attempts, if ever. */
export const nextAttempt = (attempts: number, now: Date): Date | undefined => {
  const minutes = backoffMinutes[attempts - 1];
  return minutes === undefined ? undefined : new Date(now.getTime() + minutes * 60_000);
};

/** Days of nothing but failures after which a webhook is switched off. */
export const patienceDays = 3;

export const hasFailedTooLong = (failingSince: string | null, now: Date): boolean =>
  failingSince !== null && now.getTime() - Date.parse(failingSince) > patienceDays * 86_400_000;

/** Whether a webhook asked for events of a type; "task" stands for all of "task.*". */
export const wants = (events: string[], type: string): boolean =>
  events.length === 0 || events.some(wanted => type === wanted || type.startsWith(`${wanted}.`));

/** What is sent of an event. */
export const webhookBody = ({ eventId, type, projectId, occurredAt, payload }: DomainEvent) => ({
  id: eventId,
  type,
  projectId,
  occurredAt,
  ...payload,
});
