import { z } from 'zod';
import type { Webhook } from '../../domain/webhook.ts';
import { Failure } from '../../platform/failure.ts';
import type { AddEvents } from '../events/project-event.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { traced, webhookEvent } from './webhook-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    webhooks: {
      lock(projectId: number, webhookId: number): Promise<Webhook | undefined>;
      remove(webhookId: number): Promise<void>;
    };
    outbox: AddEvents;
  }>;
};

export const deleteWebhook = defineOperation({
  name: 'projects/deleteWebhook',
  summary: 'Stops sending events to an address',
  route: 'DELETE /projects/{projectId}/webhooks/{webhookId}',
  access: 'webhook.manage',
  input: z.strictObject({ projectId: id, webhookId: id }),
  output: nothing,
  status: 204,
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, { userId }, { projectId, webhookId }) =>
    inTransaction(async ({ webhooks, outbox }) => {
      const gone = await webhooks.lock(projectId, webhookId);
      if (!gone) throw new Failure('not_found');
      await webhooks.remove(webhookId);
      await outbox.add(webhookEvent('webhook.deleted', gone, userId, { before: traced(gone) }));
      return null;
    }),
});
