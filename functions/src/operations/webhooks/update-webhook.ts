import { z } from 'zod';
import type { Given } from '../../domain/given.ts';
import type { Webhook } from '../../domain/webhook.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import type { AddEvents } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { refusal } from '../refusal.ts';
import { traced, webhook, webhookEvent, webhookEvents, webhookUrl } from './webhook-schema.ts';

type Deps = {
  webhookSender: { accepts(url: string): Promise<boolean> };
  inTransaction: InTransaction<{
    webhooks: {
      lock(projectId: number, webhookId: number): Promise<Webhook | undefined>;
      update(
        webhookId: number,
        changes: Given<{ url: string; events: string[]; active: boolean }>,
      ): Promise<Webhook>;
    };
    outbox: AddEvents;
  }>;
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
  run: async (deps: Deps, { userId }, { projectId, webhookId, ...changes }) => {
    const { webhookSender, inTransaction } = deps;
    if (changes.url !== undefined && !(await webhookSender.accepts(changes.url)))
      throw refusal('url', wording.webhookAddress);
    return inTransaction(async ({ webhooks, outbox }) => {
      const before = await webhooks.lock(projectId, webhookId);
      if (!before) throw new Failure('not_found');
      if (Object.values(changes).every(value => value === undefined)) return before;
      const after = await webhooks.update(webhookId, changes);
      const change = { before: traced(before), after: traced(after) };
      await outbox.add(webhookEvent('webhook.updated', after, userId, change));
      return after;
    });
  },
});
