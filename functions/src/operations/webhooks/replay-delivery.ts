import { z } from 'zod';
import type { Delivery, Webhook } from '../../domain/webhook.ts';
import { Failure } from '../../platform/failure.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { delivery } from './webhook-schema.ts';

type Deps = {
  webhooks: {
    find(projectId: number, webhookId: number): Promise<Webhook | undefined>;
    replay(webhookId: number, deliveryId: number): Promise<Delivery | undefined>;
  };
};

export const replayDelivery = defineOperation({
  name: 'projects/replayDelivery',
  summary: 'Sends an event to a webhook once more, within a minute',
  route: 'POST /projects/{projectId}/webhooks/{webhookId}/deliveries/{deliveryId}/replay',
  access: 'webhook.manage',
  input: z.strictObject({ projectId: id, webhookId: id, deliveryId: id }),
  output: delivery,
  status: 202,
  creates: true,
  failures: ['conflict'],
  run: async ({ webhooks }: Deps, _caller, { projectId, webhookId, deliveryId }) => {
    if (!(await webhooks.find(projectId, webhookId))) throw new Failure('not_found');
    const queued = await webhooks.replay(webhookId, deliveryId);
    if (!queued) throw new Failure('not_found');
    return queued;
  },
});
