import type { Invitation } from '../../domain/invitation.ts';
import type { Member } from '../../domain/project.ts';
import type { User } from '../../domain/user.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { projectEvent } from '../events/project-event.ts';
import { type JoiningDeps, join } from '../members/add-member.ts';

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
  const { payload, ...event } = projectEvent(
    'invitation.declined',
    { projectId, actorId: userId ?? 0 },
    { invitationId, inviterId: invited.inviterId },
  );
  // A link can be declined by somebody without account: then nobody is the actor.
  await outbox.add({ ...event, payload: { ...payload, actorId: userId ?? null } });
  return null;
};
