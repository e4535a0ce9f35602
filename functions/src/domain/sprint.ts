import type { Given } from './given.ts';

export const sprintStates = ['planned', 'active', 'completed'] as const;
export type SprintState = (typeof sprintStates)[number];

export type Sprint = {
  id: number;
  projectId: number;
  name: string;
  goal: string | null;
  state: SprintState;
  /** `YYYY-MM-DD`, both inclusive. */
  startDate: string;
  endDate: string;
  startedAt: string | null;
  completedAt: string | null;
  committedPoints: number;
  committedTasks: number;
  completedPoints: number;
  completedTasks: number;
  version: number;
};

export type NewSprint = Pick<Sprint, 'name' | 'startDate' | 'endDate'> & {
  goal?: string | null | undefined;
};

export type SprintChanges = Given<NewSprint>;

/** What a sprint holds at one moment. */
export type SprintLoad = {
  points: number;
  tasks: number;
  donePoints: number;
  doneTasks: number;
};
