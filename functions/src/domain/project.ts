import type { Given } from './given.ts';
import type { Role } from './permission.ts';

export const methodologies = ['agile', 'scrum', 'kanban', 'waterfall'] as const;
export type Methodology = (typeof methodologies)[number];

export type ProjectSettings = {
  /** Days of the week on which the team works, Monday is 1. */
  workingDays: number[];
  defaultPriority: 'low' | 'medium' | 'high' | 'urgent';
  sprintLengthDays: number;
  language: 'es' | 'en';
  /** IANA name of where the project's days begin; none leaves it to each person's own. */
  timezone: string | null;
};

export const defaultSettings: ProjectSettings = {
  workingDays: [1, 2, 3, 4, 5],
  defaultPriority: 'medium',
  sprintLengthDays: 14,
  language: 'es',
  timezone: null,
};

export type Project = {
  id: number;
  name: string;
  description: string | null;
  ownerId: number;
  methodology: Methodology;
  settings: ProjectSettings;
  /** Role of the person who asks. */
  role: Role;
  archivedAt: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

/** Where a project is to be found: in use, put aside, or deleted and still to be restored. */
export type Shelf = 'current' | 'archived' | 'deleted';

export type NewProject = Pick<Project, 'name'> & {
  description?: string | null | undefined;
  methodology?: Methodology | undefined;
  settings?: Given<ProjectSettings> | undefined;
};

export type ProjectChanges = Given<NewProject>;

export type Member = {
  projectId: number;
  userId: number;
  fullName: string;
  email: string;
  avatarUrl: string | null;
  role: Role;
  joinedAt: string;
};
