import { z } from 'zod';
import type { Webhook } from '../../domain/webhook.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import type { AddEvents } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { refusal } from '../refusal.ts';
import {
  traced,
  webhookEvent,
  webhookEvents,
  webhookLimit,
  webhookUrl,
  webhookWithSecret,
} from './webhook-schema.ts';

type Deps = {
  tokens: { random(): string };
  webhookSender: { accepts(url: string): Promise<boolean> };
  inTransaction: InTransaction<{
    webhooks: {
      list(projectId: number): Promise<Webhook[]>;
      insert(
        projectId: number,
        creatorId: number,
        webhook: { url: string; events: string[]; secret: string },
      ): Promise<Webhook>;
    };
    outbox: AddEvents;
  }>;
};

export const createWebhook = defineOperation({
  name: 'projects/createWebhook',
  summary: 'Sends events of a project to a https address; answers the signing secret, once',
  route: 'POST /projects/{projectId}/webhooks',
  access: 'webhook.manage',
  input: z.strictObject({ projectId: id, url: webhookUrl, events: webhookEvents.default([]) }),
  output: webhookWithSecret,
  status: 201,
  refuses: ['url'],
  failures: ['conflict'],
  run: async (deps: Deps, { userId }, { projectId, url, events }) => {
    const { tokens, webhookSender, inTransaction } = deps;
    if (!(await webhookSender.accepts(url))) throw refusal('url', wording.webhookAddress);
    const secret = tokens.random();
    return inTransaction(async ({ webhooks, outbox }) => {
      if ((await webhooks.list(projectId)).length >= webhookLimit)
        throw new Failure('conflict', { detail: wording.tooMany });
      const created = await webhooks.insert(projectId, userId, { url, events, secret });
      await outbox.add(
        webhookEvent('webhook.created', created, userId, { after: traced(created) }),
      );
      return { ...created, secret };
    });
  },
});
