import { z } from 'zod';
import type { Handover } from '../../domain/handover.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import type { AddEvents } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { handoverNotice } from './handover-notice.ts';
import { handoverWithMessages } from './handover-schema.ts';
import { type KnownDeps, knownHandover, withMessages } from './known-handover.ts';

type Unit = Parameters<typeof withMessages>[0] & {
  handovers: {
    find(id: number): Promise<Handover | undefined>;
    take(id: number, userId: number): Promise<boolean>;
  };
  outbox: AddEvents;
};

type Deps = KnownDeps & { inTransaction: InTransaction<Unit> };

export const takeHandover = defineOperation({
  name: 'chat/takeHandover',
  summary:
    'Takes a request for a person over and tells the asker; repeated by the same person it changes nothing',
  route: 'POST /chat/handovers/{handoverId}/take',
  access: 'user',
  input: z.strictObject({ handoverId: id }),
  output: handoverWithMessages,
  failures: ['not_found', 'forbidden', 'conflict'],
  run: async (deps: Deps, caller, { handoverId }) => {
    const { projectId, askerId } = await knownHandover(deps, caller, handoverId);
    return deps.inTransaction(async unit => {
      const taken = await unit.handovers.take(handoverId, caller.userId);
      const now = await unit.handovers.find(handoverId);
      if (!now) throw new Failure('not_found');
      if (now.state !== 'taken' || now.takenBy !== caller.userId)
        throw new Failure('conflict', { detail: wording.handoverTaken });
      if (taken)
        await unit.outbox.add(
          handoverNotice('taken', { projectId, actorId: caller.userId, userIds: [askerId] }),
        );
      return withMessages(unit, caller, now);
    });
  },
});
