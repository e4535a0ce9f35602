import { z } from 'zod';
import { defineOperation } from '../operation.ts';

type Deps = { openApi(): Promise<Record<string, unknown>> };

export const getOpenApi = defineOperation({
  name: 'operations/getOpenApi',
  summary: 'This API as an OpenAPI 3.1 document',
  route: 'GET /openapi.json',
  access: 'public',
  input: z.strictObject({}),
  output: z.record(z.string(), z.unknown()),
  run: ({ openApi }: Deps) => openApi(),
});
