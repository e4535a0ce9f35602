import { z } from 'zod';
import type { Given } from '../../domain/given.ts';
import type { Webhook } from '../../domain/webhook.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { refusal } from '../refusal.ts';
import { webhook, webhookEvents, webhookUrl } from './webhook-schema.ts';

type Deps = {
  webhookSender: { accepts(url: string): Promise<boolean> };
  webhooks: {
    find(projectId: number, webhookId: number): Promise<Webhook | undefined>;
    update(
      webhookId: number,
      changes: Given<{ url: string; events: string[]; active: boolean }>,
    ): Promise<Webhook>;
  };
};

export const updateWebhook = defineOperation({
  name: 'projects/updateWebhook',
  summary: 'Changes where events go, which, or whether at all',
  route: 'PUT /projects/{projectId}/webhooks/{webhookId}',
  access: 'webhook.manage',
  input: z.strictObject({
    projectId: id,
    webhookId: id,
    url: webhookUrl.optional(),
    events: webhookEvents.optional(),
    active: z.boolean().optional(),
  }),
  output: webhook,
  refuses: ['url'],
  failures: ['conflict'],
  run: async ({ webhookSender, webhooks }: Deps, _caller, { projectId, webhookId, ...changes }) => {
    const current = await webhooks.find(projectId, webhookId);
    if (!current) throw new Failure('not_found');
    if (changes.url !== undefined && !(await webhookSender.accepts(changes.url)))
      throw refusal('url', wording.webhookAddress);
    const given = Object.values(changes).some(value => value !== undefined);
    return given ? webhooks.update(webhookId, changes) : current;
  },
});
