import type { Role } from './permission.ts';
import type { TaskStatus } from './task.ts';

/** Things as the graph shows them, with the id of what they belong to, so that many load at once. */
export type GraphMember = { projectId: number; userId: number; fullName: string; role: Role };
export type GraphComment = {
  taskId: number;
  id: number;
  authorId: number | null;
  body: string;
  createdAt: string;
};
export type GraphCounts = {
  projectId: number;
  status: TaskStatus;
  count: number;
  overdue: number;
};
export type GraphPerson = { id: number; fullName: string };
export type GraphActivity = {
  projectId: number;
  id: number;
  type: string;
  taskId: number | null;
  actorId: number | null;
  occurredAt: string;
};
