import type { Right, Role } from '../domain/permission.ts';
import type { Task } from '../domain/task.ts';
import { operationsFor } from '../platform/operation.ts';

/** What a granted right tells the operation about the project it concerns; the rest when it `wants` it. */
export type ProjectScope = {
  projectId: number;
  role: Role;
  /** The task that the input names. */
  task?: Task;
  /** Of the project, or else of the caller. */
  timezone?: string;
};

export const defineOperation = operationsFor<Right, ProjectScope>();

/** Runs work in one transaction; events added in it are published once it has committed. */
export type InTransaction<Unit> = <T>(work: (unit: Unit) => Promise<T>) => Promise<T>;
