import { type RawBuilder, sql } from 'kysely';
import type { Role } from '../domain/permission.ts';
import type { Task } from '../domain/task.ts';
import type { Database } from './database.ts';
import { prepared } from './prepared.ts';
import { taskColumns } from './task-columns.ts';

export type Membership = { projectId: number; role: Role; archived: boolean };

/** What a person is in the project that an id belongs to; nothing when they may not know of it. */
export const accessRepository = (db: Database) => ({
  ofProject: async (userId: number, projectId: number): Promise<Membership | undefined> =>
    (await project(db, userId, projectId))[0],

  ofDeletedProject: async (userId: number, projectId: number): Promise<Membership | undefined> =>
    (await deletedProject(db, userId, projectId))[0],

  ofTask: async (userId: number, taskId: number): Promise<Membership | undefined> =>
    (await projectByTask(db, userId, taskId))[0],

  ofDeletedTask: async (userId: number, taskId: number): Promise<Membership | undefined> =>
    (await projectByDeletedTask(db, userId, taskId))[0],

  /** The task as well; it is read for members only, once they are known to be members. */
  withTask: async (
    userId: number,
    taskId: number,
  ): Promise<(Membership & { task: Task }) | undefined> => {
    const [row] = await projectAndTask(db, userId, taskId);
    if (!row) return undefined;
    const { role, archived, ...task } = row;
    return { projectId: task.projectId, role, archived, task };
  },

  /** The time zone to count days in as well: the project's own, or else the person's. */
  withTimezone: async (
    userId: number,
    projectId: number,
  ): Promise<(Membership & { timezone: string }) | undefined> =>
    (await projectAndTimezone(db, userId, projectId))[0],
});

const memberships = (db: Database, userId: number) =>
  db
    .selectFrom('project_members')
    .innerJoin('projects', 'projects.id', 'project_members.project_id')
    .select(['projects.id as projectId', 'project_members.role'])
    .select(sql<boolean>`projects.archived_at IS NOT NULL`.as('archived'))
    .where('project_members.user_id', '=', userId);

const inLiveProject = (db: Database, userId: number, projectId: number | RawBuilder<number>) =>
  memberships(db, userId)
    .where('project_members.project_id', '=', projectId)
    .where('projects.deleted_at', 'is', null);

/** Looked up in the same way whether or not the task exists, so that time tells nothing. */
const projectOf = (taskId: number) =>
  sql<number>`(SELECT project_id FROM tasks WHERE id = ${taskId} AND deleted_at IS NULL)`;

// Every request asks one of these.
const project = prepared((db, userId: number, projectId: number) =>
  inLiveProject(db, userId, projectId),
);

const deletedProject = prepared((db, userId: number, projectId: number) =>
  memberships(db, userId)
    .where('projects.id', '=', projectId)
    .where('projects.deleted_at', 'is not', null),
);

const projectByTask = prepared((db, userId: number, taskId: number) =>
  inLiveProject(db, userId, projectOf(taskId)),
);

const projectByDeletedTask = prepared((db, userId: number, taskId: number) =>
  inLiveProject(
    db,
    userId,
    sql<number>`(SELECT project_id FROM tasks WHERE id = ${taskId} AND deleted_at IS NOT NULL)`,
  ),
);

const projectAndTask = prepared((db, userId: number, taskId: number) =>
  inLiveProject(db, userId, projectOf(taskId))
    .innerJoin('tasks', 'tasks.project_id', 'projects.id')
    .select(taskColumns)
    .where('tasks.id', '=', taskId)
    .where('tasks.deleted_at', 'is', null),
);

const projectAndTimezone = prepared((db, userId: number, projectId: number) =>
  inLiveProject(db, userId, projectId)
    .innerJoin('users', 'users.id', 'project_members.user_id')
    .select(sql<string>`coalesce(projects.settings ->> 'timezone', users.timezone)`.as('timezone')),
);
