import type { Membership } from '../data/access.ts';
import { allowedInArchive, can, type Right, reachesDeleted } from '../domain/permission.ts';
import { wording } from '../domain/wording.ts';
import type { ProjectScope } from '../operations/operation.ts';
import { Failure } from '../platform/failure.ts';
import type { Environment } from '../platform/operation.ts';

type Lookup = (userId: number, id: number) => Promise<Membership | undefined>;
type Wanted = Membership & Pick<ProjectScope, 'task' | 'timezone'>;

type Access = {
  ofProject: Lookup;
  ofDeletedProject: Lookup;
  ofTask: Lookup;
  ofDeletedTask: Lookup;
  withTask(userId: number, taskId: number): Promise<Wanted | undefined>;
  withTimezone(userId: number, projectId: number): Promise<Wanted | undefined>;
};

type Target = { projectId?: number; taskId?: number };

/**
 * Decides by the most specific id in the input. Who is no member gets `not_found`, exactly as for an id
 * that does not exist; who is one but lacks the right gets `forbidden`.
 */
export const authorizer =
  (access: Access): Environment['authorize'] =>
  async (caller, name, input, wants) => {
    const right = name as Right;
    const target = input as Target;
    const membership = await membershipIn(access, caller.userId, right, target, wants);
    if (!membership) throw new Failure('not_found');
    if (target.projectId !== undefined && membership.projectId !== target.projectId)
      throw new Failure('not_found');
    if (!can(membership.role, right)) throw new Failure('forbidden');
    if (membership.archived && !allowedInArchive(right))
      throw new Failure('conflict', { detail: wording.projectArchived });
    return membership;
  };

const membershipIn = async (
  access: Access,
  userId: number,
  right: Right,
  { projectId, taskId }: Target,
  wants: string | undefined,
): Promise<Wanted | undefined> => {
  if (wants === 'task' && taskId !== undefined) return access.withTask(userId, taskId);
  if (wants === 'timezone' && projectId !== undefined)
    return access.withTimezone(userId, projectId);
  const deleted = reachesDeleted(right);
  if (taskId !== undefined)
    return deleted ? access.ofDeletedTask(userId, taskId) : access.ofTask(userId, taskId);
  if (projectId === undefined) return undefined;
  return deleted ? access.ofDeletedProject(userId, projectId) : access.ofProject(userId, projectId);
};
