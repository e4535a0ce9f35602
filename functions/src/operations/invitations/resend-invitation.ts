import { z } from 'zod';
import type { Invitation } from '../../domain/invitation.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { invitation } from './invitation-schema.ts';
import { invitationMail, refuseHaste } from './invite.ts';

type Deps = {
  clock(): Date;
  inTransaction: InTransaction<{
    invitations: {
      find(projectId: number, invitationId: number): Promise<Invitation | undefined>;
      renew(invitationId: number): Promise<void>;
    };
    outbox: AddEvents;
  }>;
};

export const resendInvitation = defineOperation({
  name: 'projects/resendInvitation',
  summary: 'Sends the mail of an invitation again and makes it good for another 14 days',
  route: 'POST /projects/{projectId}/invitations/{invitationId}/resend',
  access: 'invitation.manage',
  input: z.strictObject({ projectId: id, invitationId: id }),
  output: invitation,
  failures: ['conflict', 'rate_limited'],
  run: ({ clock, inTransaction }: Deps, caller, { projectId, invitationId }) =>
    inTransaction(async ({ invitations, outbox }) => {
      const current = await invitations.find(projectId, invitationId);
      if (!current) throw new Failure('not_found');
      if (current.state !== 'pending' && current.state !== 'expired')
        throw new Failure('conflict', { detail: wording.invitationSettled });
      refuseHaste(clock(), current);
      await invitations.renew(invitationId);
      await outbox.add(
        projectEvent(
          'invitation.renewed',
          { projectId, actorId: caller.userId },
          { invitationId, after: { role: current.role } },
        ),
        invitationMail(invitationId),
      );
      const renewed = await invitations.find(projectId, invitationId);
      if (!renewed) throw new Failure('not_found');
      return renewed;
    }),
});
