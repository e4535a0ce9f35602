import { z } from 'zod';
import type { Delivery, Webhook } from '../../domain/webhook.ts';
import { Failure } from '../../platform/failure.ts';
import { decodeCursor, id, page, pageOf, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { delivery } from './webhook-schema.ts';

type Deps = {
  webhooks: {
    find(projectId: number, webhookId: number): Promise<Webhook | undefined>;
    deliveries(webhookId: number, limit: number, beforeId?: number): Promise<Delivery[]>;
  };
};

export const listDeliveries = defineOperation({
  name: 'projects/listDeliveries',
  summary: 'What was sent to a webhook and what became of it, newest first; kept for 30 days',
  route: 'GET /projects/{projectId}/webhooks/{webhookId}/deliveries',
  access: 'webhook.read',
  input: z.strictObject({ projectId: id, webhookId: id, ...page }),
  output: pageOf(delivery),
  run: async ({ webhooks }: Deps, _caller, { projectId, webhookId, limit, cursor }) => {
    if (!(await webhooks.find(projectId, webhookId))) throw new Failure('not_found');
    const rows = await webhooks.deliveries(webhookId, limit + 1, decodeCursor(cursor));
    return toPage(rows, limit, row => row.id);
  },
});
