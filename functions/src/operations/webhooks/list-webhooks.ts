import { z } from 'zod';
import type { Webhook } from '../../domain/webhook.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { webhook } from './webhook-schema.ts';

type Deps = { webhooks: { list(projectId: number): Promise<Webhook[]> } };

export const listWebhooks = defineOperation({
  name: 'projects/listWebhooks',
  summary: 'Where events of a project are sent',
  route: 'GET /projects/{projectId}/webhooks',
  access: 'webhook.read',
  input: z.strictObject({ projectId: id }),
  output: z.object({ items: z.array(webhook) }),
  run: async ({ webhooks }: Deps, _caller, { projectId }) => ({
    items: await webhooks.list(projectId),
  }),
});
