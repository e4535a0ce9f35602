import { z } from 'zod';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { handoverWithMessages } from './handover-schema.ts';
import { type KnownDeps, knownHandover, withMessages } from './known-handover.ts';

type Deps = KnownDeps & Parameters<typeof withMessages>[0];

export const getHandover = defineOperation({
  name: 'chat/getHandover',
  summary: 'One request for a person; whoever took it sees the last messages before it',
  route: 'GET /chat/handovers/{handoverId}',
  access: 'user',
  input: z.strictObject({ handoverId: id }),
  output: handoverWithMessages,
  failures: ['not_found', 'forbidden'],
  run: async (deps: Deps, caller, { handoverId }) =>
    withMessages(deps, caller, await knownHandover(deps, caller, handoverId)),
});
