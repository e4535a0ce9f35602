import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { type ConsentView, consent } from './consent-schema.ts';

type Deps = { consents: { current(userId: number): Promise<ConsentView[]> } };

export const listConsents = defineOperation({
  name: 'auth/listConsents',
  summary: "The caller's latest decision for each purpose",
  route: 'GET /auth/me/consents',
  access: 'user',
  input: z.strictObject({}),
  output: z.object({ items: z.array(consent) }),
  run: async ({ consents }: Deps, caller) => ({ items: await consents.current(caller.userId) }),
});
