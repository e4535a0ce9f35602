import type { Membership } from '../data/access.ts';
import { can, type Right } from '../domain/permission.ts';
import { Failure } from '../platform/failure.ts';
import type { Environment } from '../platform/operation.ts';

type Access = {
  ofProject(userId: number, projectId: number): Promise<Membership | undefined>;
  ofTask(userId: number, taskId: number): Promise<Membership | undefined>;
};

type Target = { projectId?: number; taskId?: number };

/**
 * Decides by the most specific id in the input. Who is no member gets `not_found`, exactly as for an id
 * that does not exist; who is one but lacks the right gets `forbidden`.
 */
export const authorizer =
  (access: Access): Environment['authorize'] =>
  async (caller, right, input) => {
    const { projectId, taskId } = input as Target;
    const membership =
      taskId !== undefined
        ? await access.ofTask(caller.userId, taskId)
        : projectId !== undefined
          ? await access.ofProject(caller.userId, projectId)
          : undefined;
    if (!membership) throw new Failure('not_found');
    if (projectId !== undefined && membership.projectId !== projectId)
      throw new Failure('not_found');
    if (!can(membership.role, right as Right)) throw new Failure('forbidden');
    return membership;
  };
