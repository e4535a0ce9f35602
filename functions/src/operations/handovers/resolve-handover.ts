import { z } from 'zod';
import type { Handover } from '../../domain/handover.ts';
import { Failure } from '../../platform/failure.ts';
import type { AddEvents } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { handoverNotice } from './handover-notice.ts';
import { handover } from './handover-schema.ts';
import { type KnownDeps, knownHandover } from './known-handover.ts';

type Deps = KnownDeps & {
  inTransaction: InTransaction<{
    handovers: {
      find(id: number): Promise<Handover | undefined>;
      resolve(id: number, userId: number): Promise<boolean>;
    };
    outbox: AddEvents;
  }>;
};

export const resolveHandover = defineOperation({
  name: 'chat/resolveHandover',
  summary: 'Says that a request for a person has been seen to; the asker may say so too',
  route: 'POST /chat/handovers/{handoverId}/resolve',
  access: 'user',
  input: z.strictObject({ handoverId: id }),
  output: handover,
  failures: ['not_found', 'forbidden'],
  run: async (deps: Deps, caller, { handoverId }) => {
    const own = await deps.handovers.find(handoverId);
    if (own?.askerId !== caller.userId) await knownHandover(deps, caller, handoverId);
    return deps.inTransaction(async ({ handovers, outbox }) => {
      const resolved = await handovers.resolve(handoverId, caller.userId);
      const now = await handovers.find(handoverId);
      if (!now) throw new Failure('not_found');
      const { projectId, askerId, takenBy } = now;
      const userIds = [askerId, ...(takenBy === null ? [] : [takenBy])];
      if (resolved)
        await outbox.add(
          handoverNotice('resolved', { projectId, actorId: caller.userId, userIds }),
        );
      return now;
    });
  },
});
