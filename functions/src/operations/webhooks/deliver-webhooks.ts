import type { DomainEvent } from '../../domain/event.ts';
import {
  type DueDelivery,
  hasFailedTooLong,
  nextAttempt,
  type Sent,
  type Webhook,
  wants,
  webhookBody,
} from '../../domain/webhook.ts';
import { log } from '../../platform/log.ts';
import { count, metrics } from '../../platform/metrics.ts';
import type { AddEvents } from '../events/project-event.ts';
import type { InTransaction } from '../operation.ts';

export type DeliveryDeps = {
  clock(): Date;
  webhookSender: {
    send(
      url: string,
      secret: string,
      message: { deliveryId: number; type: string; body: string },
    ): Promise<Sent>;
  };
  webhooks: {
    list(projectId: number): Promise<Webhook[]>;
    queue(
      webhookIds: number[],
      event: { eventId: number; type: string; body: Record<string, unknown> },
    ): Promise<void>;
    claimDue(limit: number): Promise<DueDelivery[]>;
    settle(delivery: DueDelivery, sent: Sent, retryAt: Date | undefined): Promise<void>;
  };
  inTransaction: InTransaction<{
    webhooks: { disable(webhookId: number): Promise<{ creatorId: number | null } | undefined> };
    outbox: AddEvents;
  }>;
};

/** Queues an event for the webhooks that want it and sends what is due; a repeated event adds nothing. */
export const queueForWebhooks = async (deps: DeliveryDeps, event: DomainEvent): Promise<void> => {
  const { eventId, type, projectId } = event;
  if (projectId === null) return;
  const listening = (await deps.webhooks.list(projectId)).filter(
    webhook => webhook.active && wants(webhook.events, type),
  );
  if (listening.length === 0) return;
  const ids = listening.map(webhook => webhook.id);
  await deps.webhooks.queue(ids, { eventId, type, body: webhookBody(event) });
  await deliverDue(deps, 1);
};

const batchSize = 20;

/** Sends what is due, some at a time, until nothing is. */
export const deliverDue = async (deps: DeliveryDeps, batches = 20): Promise<number> => {
  let total = 0;
  for (let batch = 0; batch < batches; batch++) {
    const due = await deps.webhooks.claimDue(batchSize);
    await Promise.all(due.map(delivery => deliver(deps, delivery)));
    total += due.length;
    if (due.length < batchSize) break;
  }
  return total;
};

const deliver = async (deps: DeliveryDeps, delivery: DueDelivery): Promise<void> => {
  const { clock, webhookSender, webhooks } = deps;
  const { id: deliveryId, type, url, secret } = delivery;
  const body = JSON.stringify(delivery.body);
  const sent = await webhookSender.send(url, secret, { deliveryId, type, body });
  const now = clock();
  const retryAt = sent.error === null ? undefined : nextAttempt(delivery.attempts, now);
  await webhooks.settle(delivery, sent, retryAt);
  const failed = retryAt ? 'retried' : 'given_up';
  count(metrics.webhookDeliveries, [sent.error === null ? 'delivered' : failed]);
  if (sent.error === null) return;
  log.warn('webhook.not_delivered', {
    deliveryId,
    webhookId: delivery.webhookId,
    status: sent.status,
    reason: sent.error,
    attempts: delivery.attempts,
  });
  if (hasFailedTooLong(delivery.failingSince, now)) await switchOff(deps, delivery);
};

/** Nothing arrives there any more: whoever set it up is told, and the project keeps it in its history. */
const switchOff = ({ inTransaction }: DeliveryDeps, { webhookId, projectId }: DueDelivery) =>
  inTransaction(async ({ webhooks, outbox }) => {
    const switched = await webhooks.disable(webhookId);
    if (!switched) return;
    const payload = { webhookId, creatorId: switched.creatorId, actorId: null };
    await outbox.add({ topic: 'task-events', type: 'webhook.disabled', projectId, payload });
  });
