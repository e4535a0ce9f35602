import { z } from 'zod';
import { defineOperation } from '../operation.ts';

export const getLiveness = defineOperation({
  name: 'operations/getLiveness',
  summary: 'Liveness: the process answers, whatever the state of its dependencies',
  route: 'GET /health/live',
  access: 'public',
  input: z.strictObject({}),
  output: z.object({ status: z.literal('ok') }),
  run: async () => ({ status: 'ok' as const }),
});
