import { z } from 'zod';
import { type Handover, type HandoverState, handoverStates } from '../../domain/handover.ts';
import { decodeCursor, id, page, pageOf, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { handover } from './handover-schema.ts';

type Deps = {
  handovers: {
    list(
      projectId: number,
      state: HandoverState | undefined,
      limit: number,
      beforeId?: number,
    ): Promise<Handover[]>;
  };
};

export const listHandovers = defineOperation({
  name: 'chat/listHandovers',
  summary: 'Who of a project asked the bot for a person, newest first',
  route: 'GET /chat/handovers',
  access: 'handover.read',
  input: z.strictObject({ projectId: id, state: z.enum(handoverStates).optional(), ...page }),
  output: pageOf(handover),
  run: async ({ handovers }: Deps, _caller, { projectId, state, limit, cursor }) => {
    const rows = await handovers.list(projectId, state, limit + 1, decodeCursor(cursor));
    return toPage(rows, limit, row => row.id);
  },
});
