import { z } from 'zod';
import type { Erasure } from '../../domain/erasure.ts';
import type { NewEvent } from '../../domain/event.ts';
import type { AddEvents } from '../events/project-event.ts';
import { nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type EndSessionsUnit, endSessions } from './end-sessions.ts';
import { type FreshProofDeps, requireFreshProof } from './fresh-proof.ts';
import { record } from './security-log.ts';

type Unit = EndSessionsUnit & {
  securityEvents: EndSessionsUnit['securityEvents'] & { forget(userId: number): Promise<void> };
  personalData: { erase(userId: number): Promise<Erasure> };
  outbox: AddEvents;
};

type Deps = FreshProofDeps & { inTransaction: InTransaction<Unit> };

/**
 * Erases the person in one transaction; what lies outside of PostgreSQL follows from its event, which is
 * repeated until it has worked.
 */
export const deleteMe = defineOperation({
  name: 'auth/deleteMe',
  summary: 'Erases the account of the caller; shared work stays, without their name',
  route: 'DELETE /auth/me',
  access: 'user',
  input: z.strictObject({}),
  output: nothing,
  status: 204,
  failures: ['reauthentication_required'],
  run: async (deps: Deps, caller) => {
    await requireFreshProof(deps, caller);
    await deps.inTransaction(async unit => {
      const { userId } = caller;
      await endSessions(unit, caller, userId, 'erased');
      const erasure = await unit.personalData.erase(userId);
      await unit.securityEvents.forget(userId);
      await record(unit.securityEvents, caller, {
        type: 'account.erased',
        outcome: 'success',
        address: undefined,
        device: undefined,
      });
      await unit.outbox.add(...consequences(userId, erasure));
    });
    return null;
  },
});

/** Notifications that one event has written anew. */
const perEvent = 200;

/** What the realtime mirror and Firebase have to follow up. */
const consequences = (userId: number, erasure: Erasure): NewEvent[] => [
  { topic: 'account-events', type: 'account.erased', payload: { userId } },
  ...erasure.deletedProjects.map(projectId => ({
    topic: 'task-events' as const,
    type: 'project.deleted',
    projectId,
    payload: { projectId },
  })),
  ...erasure.leftProjects.map(({ projectId, taskIds }) => ({
    topic: 'task-events' as const,
    type: 'member.removed',
    projectId,
    payload: { userId, taskIds },
  })),
  ...Array.from({ length: Math.ceil(erasure.namedIn.length / perEvent) }, (_, part) => ({
    topic: 'account-events' as const,
    type: 'notifications.unnamed',
    payload: { notifications: erasure.namedIn.slice(part * perEvent, (part + 1) * perEvent) },
  })),
];
