import { atLeast } from '../../domain/permission.ts';
import type { Member } from '../../domain/project.ts';
import { wording } from '../../domain/wording.ts';
import { refusal } from '../refusal.ts';

/** Holds on to the member: who leaves at the same moment must not be given a task behind their back. */
export type HoldMember = {
  hold(projectId: number, userId: number): Promise<Pick<Member, 'role'> | undefined>;
};

/** Only somebody who may work in the project can be given a task of it. */
export const requireAssignable = async (
  members: HoldMember,
  projectId: number,
  assigneeId: number | null | undefined,
): Promise<void> => {
  if (assigneeId == null) return;
  const member = await members.hold(projectId, assigneeId);
  if (member && atLeast(member.role, 'member')) return;
  throw refusal('assigneeId', member ? wording.assigneeCannotWork : wording.assigneeNotMember);
};
