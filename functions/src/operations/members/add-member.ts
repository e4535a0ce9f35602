import { z } from 'zod';
import { mayGrant, type Role } from '../../domain/permission.ts';
import type { Member } from '../../domain/project.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { email as address, id } from '../fields.ts';
import { invitation } from '../invitations/invitation-schema.ts';
import { type InvitingDeps, invite } from '../invitations/invite.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { grantableRole, member } from './member-schema.ts';

export type JoiningDeps = {
  members: {
    find(projectId: number, userId: number): Promise<Member | undefined>;
    insert(projectId: number, userId: number, role: Role): Promise<boolean>;
  };
  outbox: AddEvents;
};

type Deps = {
  inTransaction: InTransaction<
    JoiningDeps &
      InvitingDeps & {
        users: { findActiveByEmail(email: string): Promise<{ id: number } | undefined> };
      }
  >;
};

export const addMember = defineOperation({
  name: 'projects/addMember',
  summary: 'Adds a person to a project (201), or invites them when they have no account yet (202)',
  route: 'POST /projects/{projectId}/members',
  access: 'member.add',
  input: z.strictObject({
    projectId: id,
    email: address,
    role: grantableRole.default('member'),
  }),
  output: z.union([member, invitation]),
  statuses: [201, 202],
  statusOf: output => ('userId' in output ? 201 : 202),
  creates: true,
  failures: ['conflict', 'rate_limited'],
  run: ({ inTransaction }: Deps, caller, { projectId, email, role }) =>
    inTransaction(async deps => {
      if (!mayGrant(caller.role, role))
        throw new Failure('forbidden', { detail: wording.roleOutOfReach });
      const user = await deps.users.findActiveByEmail(email);
      if (!user) return invite(deps, caller.userId, { projectId, email, role });
      return join(deps, { projectId, userId: user.id, role, actorId: caller.userId });
    }),
});

type Joining = {
  projectId: number;
  userId: number;
  role: Role;
  actorId: number;
  /** Whose invitation was accepted. */
  inviterId?: number | null;
};

/** Makes somebody a member, and the project hear of it. */
export const join = async (
  { members, outbox }: JoiningDeps,
  { projectId, userId, role, actorId, inviterId }: Joining,
): Promise<Member> => {
  if (!(await members.insert(projectId, userId, role)))
    throw new Failure('conflict', { detail: wording.alreadyMember });
  await outbox.add(
    projectEvent(
      'member.added',
      { projectId, actorId },
      { userId, role, after: { role }, ...(inviterId != null && { inviterId }) },
    ),
  );
  const added = await members.find(projectId, userId);
  if (!added) throw new Failure('not_found');
  return added;
};
