import type { Invitation } from '../../domain/invitation.ts';
import type { Member } from '../../domain/project.ts';
import type { User } from '../../domain/user.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { projectEvent } from '../events/project-event.ts';
import { type JoiningDeps, join } from '../members/add-member.ts';
import type { InTransaction } from '../operation.ts';

export type FindUser = { users: { find(id: number): Promise<User | undefined> } };

export type AnsweringDeps = JoiningDeps & {
  invitations: { settle(id: number, state: 'accepted' | 'declined'): Promise<boolean> };
};

/** The address that a person has shown to be theirs. */
export const provenEmail = async (
  { users }: FindUser,
  userId: number,
): Promise<string | undefined> => {
  const user = await users.find(userId);
  return user?.emailVerified ? user.email : undefined;
};

export type OwnInvitationDeps = FindUser &
  AnsweringDeps & {
    invitations: { lockFor(email: string, invitationId: number): Promise<Invitation | undefined> };
  };

/** Locks an invitation to the person's own address. */
export const lockOwn = async (
  deps: OwnInvitationDeps,
  userId: number,
  invitationId: number,
): Promise<Invitation | undefined> => {
  const email = await provenEmail(deps, userId);
  return email === undefined ? undefined : deps.invitations.lockFor(email, invitationId);
};

/** What answers the invitation of a link, whoever holds it. */
export type InvitationLinkDeps = {
  tokens: { digest(token: string): Buffer };
  inTransaction: InTransaction<
    AnsweringDeps & {
      invitations: { lockByDigest(digest: Buffer): Promise<Invitation | undefined> };
    }
  >;
};

/** Makes the person a member with the role that they were invited to. */
export const accept = async (
  deps: AnsweringDeps,
  userId: number,
  invited: Invitation | undefined,
): Promise<Member> => {
  if (!invited || !(await deps.invitations.settle(invited.id, 'accepted')))
    throw new Failure('not_found');
  const { projectId, role, inviterId } = invited;
  // The invitation then stays open: it may have come to the wrong hands.
  if (await deps.members.find(projectId, userId))
    throw new Failure('conflict', { detail: wording.youAreMember });
  return join(deps, { projectId, userId, role, actorId: userId, inviterId });
};

export const decline = async (
  { invitations, outbox }: AnsweringDeps,
  invited: Invitation | undefined,
  userId?: number,
): Promise<null> => {
  if (!invited || !(await invitations.settle(invited.id, 'declined')))
    throw new Failure('not_found');
  const { projectId, id: invitationId } = invited;
  // A link can be declined by somebody without account: then nobody is the actor.
  const about = { projectId, actorId: userId ?? null };
  const details = { invitationId, inviterId: invited.inviterId };
  await outbox.add(projectEvent('invitation.declined', about, details));
  return null;
};
