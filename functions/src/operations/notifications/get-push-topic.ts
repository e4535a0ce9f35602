import { z } from 'zod';
import { defineOperation } from '../operation.ts';

type Deps = { pushTopic(userId: number): string };

export const getPushTopic = defineOperation({
  name: 'projects/getPushTopic',
  summary:
    "The Cloud Messaging topic of the caller's own notifications; nobody can guess another's",
  route: 'GET /notifications/push-topic',
  access: 'user',
  input: z.strictObject({}),
  output: z.object({ topic: z.string() }),
  run: async ({ pushTopic }: Deps, caller) => ({ topic: pushTopic(caller.userId) }),
});
