import {
  type Invitation,
  type InvitedRole,
  invitationLimit,
  resendSeconds,
} from '../../domain/invitation.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';

export type InvitingDeps = {
  clock(): Date;
  invitations: {
    countPending(projectId: number): Promise<number>;
    findPendingFor(projectId: number, email: string): Promise<Invitation | undefined>;
    find(projectId: number, invitationId: number): Promise<Invitation | undefined>;
    upsert(
      projectId: number,
      invitation: { email: string; role: InvitedRole; inviterId: number },
    ): Promise<{ id: number; renewed: boolean }>;
  };
  outbox: AddEvents;
};

type Guest = { projectId: number; email: string; role: InvitedRole };

/** Invites somebody who has no account yet; inviting them again renews and sends the mail again. */
export const invite = async (
  deps: InvitingDeps,
  actorId: number,
  { projectId, email, role }: Guest,
): Promise<Invitation> => {
  const { invitations, outbox } = deps;
  const waiting = await invitations.findPendingFor(projectId, email);
  if (waiting) refuseHaste(deps.clock(), waiting);
  else if ((await invitations.countPending(projectId)) >= invitationLimit)
    throw new Failure('conflict', { detail: wording.tooMany });
  const { id, renewed } = await invitations.upsert(projectId, { email, role, inviterId: actorId });
  // The address stays out of the history, which outlives the invitation.
  await outbox.add(
    projectEvent(
      renewed ? 'invitation.renewed' : 'invitation.created',
      { projectId, actorId },
      { invitationId: id, after: { role } },
    ),
    invitationMail(id),
  );
  const invited = await invitations.find(projectId, id);
  if (!invited) throw new Failure('not_found');
  return invited;
};

/** Asks for the mail; its token is made when it is written. */
export const invitationMail = (invitationId: number) => ({
  topic: 'mail' as const,
  type: 'mail.invitation_requested',
  payload: { invitationId },
});

/** Nobody's mailbox is filled by pressing a button. */
export const refuseHaste = (now: Date, { requestedAt }: Invitation): void => {
  const wait = resendSeconds - (now.getTime() - Date.parse(requestedAt)) / 1_000;
  if (wait > 0)
    throw new Failure('rate_limited', {
      detail: wording.invitationJustSent,
      retryAfter: Math.ceil(wait),
    });
};
