import { z } from 'zod';
import type { Webhook } from '../../domain/webhook.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { refusal } from '../refusal.ts';
import { webhookEvents, webhookLimit, webhookUrl, webhookWithSecret } from './webhook-schema.ts';

type Deps = {
  tokens: { random(): string };
  webhookSender: { accepts(url: string): Promise<boolean> };
  webhooks: {
    list(projectId: number): Promise<Webhook[]>;
    insert(
      projectId: number,
      creatorId: number,
      webhook: { url: string; events: string[]; secret: string },
    ): Promise<Webhook>;
  };
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
  run: async ({ tokens, webhookSender, webhooks }: Deps, caller, { projectId, url, events }) => {
    if (!(await webhookSender.accepts(url))) throw refusal('url', wording.webhookAddress);
    if ((await webhooks.list(projectId)).length >= webhookLimit)
      throw new Failure('conflict', { detail: wording.tooMany });
    const secret = tokens.random();
    const created = await webhooks.insert(projectId, caller.userId, { url, events, secret });
    return { ...created, secret };
  },
});
