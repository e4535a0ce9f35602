import { Failure } from '../../platform/failure.ts';
import type { Caller } from '../../platform/operation.ts';

export type AdminDeps = { users: { isAdmin(id: number): Promise<boolean> } };

/** Everybody else learns no more than that there is something for administrators. */
export const requireAdmin = async ({ users }: AdminDeps, caller: Caller): Promise<void> => {
  if (!(await users.isAdmin(caller.userId))) throw new Failure('forbidden');
};
