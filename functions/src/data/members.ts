import { sql } from 'kysely';
import type { Role } from '../domain/permission.ts';
import type { Member } from '../domain/project.ts';
import type { Task } from '../domain/task.ts';
import type { Database } from './database.ts';
import { touched } from './expressions.ts';
import { taskColumns } from './task-columns.ts';

export const memberRepository = (db: Database) => ({
  /** Adds a person; false when they are a member already. */
  insert: async (projectId: number, userId: number, role: Role): Promise<boolean> => {
    const result = await db
      .insertInto('project_members')
      .values({ project_id: projectId, user_id: userId, role })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows === 1n;
  },

  find: (projectId: number, userId: number): Promise<Member | undefined> =>
    members(db, projectId).where('users.id', '=', userId).executeTakeFirst(),

  /** As `find`, and their role stays as it is until the transaction ends. */
  hold: (projectId: number, userId: number): Promise<Member | undefined> =>
    members(db, projectId)
      .where('users.id', '=', userId)
      .forShare('project_members')
      .executeTakeFirst(),

  /** In order of user id, those after `afterUserId`. */
  list: (projectId: number, limit: number, afterUserId = 0): Promise<Member[]> =>
    members(db, projectId)
      .where('project_members.user_id', '>', afterUserId)
      .orderBy('project_members.user_id')
      .limit(limit)
      .execute(),

  includes: async (projectId: number, userId: number): Promise<boolean> => {
    const row = await db
      .selectFrom('project_members')
      .select('role')
      .where('project_id', '=', projectId)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row !== undefined;
  },

  /** Changes a role and returns the row's new version. */
  setRole: async (projectId: number, userId: number, role: Role): Promise<number | undefined> => {
    const row = await db
      .updateTable('project_members')
      .set({ role, version: sql`version + 1` })
      .where('project_id', '=', projectId)
      .where('user_id', '=', userId)
      .returning('version')
      .executeTakeFirst();
    return row?.version;
  },

  remove: async (projectId: number, userId: number): Promise<boolean> => {
    const result = await db
      .deleteFrom('project_members')
      .where('project_id', '=', projectId)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return result.numDeletedRows === 1n;
  },

  /** Clears a person from the tasks of a project, as when they leave it, and returns those as they are then. */
  unassign: (projectId: number, userId: number): Promise<Task[]> =>
    db
      .updateTable('tasks')
      .set({ assignee_id: null, ...touched })
      .where('project_id', '=', projectId)
      .where('assignee_id', '=', userId)
      .where('deleted_at', 'is', null)
      .returning(taskColumns)
      .execute(),
});

const members = (db: Database, projectId: number) =>
  db
    .selectFrom('project_members')
    .innerJoin('users', 'users.id', 'project_members.user_id')
    .select([
      'project_members.project_id as projectId',
      'project_members.user_id as userId',
      'users.full_name as fullName',
      'users.email',
      'users.avatar_url as avatarUrl',
      'project_members.role',
      'project_members.joined_at as joinedAt',
    ])
    .where('project_members.project_id', '=', projectId);
