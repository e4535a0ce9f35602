import { z } from 'zod';
import type { Webhook } from '../../domain/webhook.ts';
import { Failure } from '../../platform/failure.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation } from '../operation.ts';

type Deps = {
  webhooks: {
    find(projectId: number, webhookId: number): Promise<Webhook | undefined>;
    remove(webhookId: number): Promise<void>;
  };
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
  run: async ({ webhooks }: Deps, _caller, { projectId, webhookId }) => {
    if (!(await webhooks.find(projectId, webhookId))) throw new Failure('not_found');
    await webhooks.remove(webhookId);
    return null;
  },
});
