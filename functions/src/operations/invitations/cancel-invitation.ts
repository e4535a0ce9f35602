import { z } from 'zod';
import type { Invitation } from '../../domain/invitation.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';

type Deps = {
  inTransaction: InTransaction<{
    invitations: {
      find(projectId: number, invitationId: number): Promise<Invitation | undefined>;
      settle(invitationId: number, state: 'cancelled'): Promise<boolean>;
    };
    outbox: AddEvents;
  }>;
};

export const cancelInvitation = defineOperation({
  name: 'projects/cancelInvitation',
  summary: 'Takes back an invitation; its link opens nothing any more',
  route: 'DELETE /projects/{projectId}/invitations/{invitationId}',
  access: 'invitation.manage',
  input: z.strictObject({ projectId: id, invitationId: id }),
  output: nothing,
  status: 204,
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, invitationId }) =>
    inTransaction(async ({ invitations, outbox }) => {
      if (!(await invitations.find(projectId, invitationId))) throw new Failure('not_found');
      if (!(await invitations.settle(invitationId, 'cancelled')))
        throw new Failure('conflict', { detail: wording.invitationSettled });
      await outbox.add(
        projectEvent(
          'invitation.cancelled',
          { projectId, actorId: caller.userId },
          { invitationId },
        ),
      );
      return null;
    }),
});
