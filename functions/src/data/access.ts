import { type RawBuilder, sql } from 'kysely';
import type { Role } from '../domain/permission.ts';
import type { Database } from './database.ts';

export type Membership = { projectId: number; role: Role; archived: boolean };

/** What a person is in the project that an id belongs to; nothing when they may not know of it. */
export const accessRepository = (db: Database) => ({
  ofProject: (userId: number, projectId: number): Promise<Membership | undefined> =>
    memberships(db, userId)
      .where('projects.id', '=', projectId)
      .where('projects.deleted_at', 'is', null)
      .executeTakeFirst(),

  ofDeletedProject: (userId: number, projectId: number): Promise<Membership | undefined> =>
    memberships(db, userId)
      .where('projects.id', '=', projectId)
      .where('projects.deleted_at', 'is not', null)
      .executeTakeFirst(),

  ofTask: (userId: number, taskId: number): Promise<Membership | undefined> =>
    withTask(
      db,
      userId,
      sql<number>`(SELECT project_id FROM tasks
      WHERE id = ${taskId} AND deleted_at IS NULL)`,
    ).executeTakeFirst(),

  ofDeletedTask: (userId: number, taskId: number): Promise<Membership | undefined> =>
    withTask(
      db,
      userId,
      sql<number>`(SELECT project_id FROM tasks
      WHERE id = ${taskId} AND deleted_at IS NOT NULL)`,
    ).executeTakeFirst(),
});

const memberships = (db: Database, userId: number) =>
  db
    .selectFrom('project_members')
    .innerJoin('projects', 'projects.id', 'project_members.project_id')
    .select(['projects.id as projectId', 'project_members.role'])
    .select(sql<boolean>`projects.archived_at IS NOT NULL`.as('archived'))
    .where('project_members.user_id', '=', userId);

/** Looks the same task up in the same way whether or not it exists, so that time tells nothing. */
const withTask = (db: Database, userId: number, projectId: RawBuilder<number>) =>
  memberships(db, userId)
    .where('project_members.project_id', '=', projectId)
    .where('projects.deleted_at', 'is', null);
