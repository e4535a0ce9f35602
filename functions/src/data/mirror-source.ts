import { sql } from 'kysely';
import type { Member } from '../domain/project.ts';
import type { Task } from '../domain/task.ts';
import type { Database } from './database.ts';
import { memberRepository } from './members.ts';
import { taskColumns } from './task-columns.ts';
import { taskRepository } from './tasks.ts';

export type MirroredProject = {
  id: number;
  name: string;
  description: string | null;
  ownerId: number;
  methodology: string;
  archivedAt: string | null;
  version: number;
  updatedAt: string;
};

/** Current state of what clients see live; nothing means that it is gone. */
export const mirrorSource = (db: Database) => ({
  /** Lets one writer at a time mirror a project, until the transaction ends; users never wait for it. */
  lockProject: async (projectId: number): Promise<void> => {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('mirror', ${projectId}))`.execute(db);
  },

  task: (taskId: number): Promise<Task | undefined> => taskRepository(db).find(taskId),

  /** In order of id, those after `taskId`. */
  tasksAfter: (projectId: number, taskId: number, limit: number): Promise<Task[]> =>
    db
      .selectFrom('tasks')
      .select(taskColumns)
      .where('project_id', '=', projectId)
      .where('deleted_at', 'is', null)
      .where('id', '>', taskId)
      .orderBy('id')
      .limit(limit)
      .execute(),

  membersAfter: (projectId: number, userId: number, limit: number): Promise<Member[]> =>
    memberRepository(db).list(projectId, limit, userId),

  member: (projectId: number, userId: number): Promise<Member | undefined> =>
    memberRepository(db).find(projectId, userId),

  project: (projectId: number): Promise<MirroredProject | undefined> =>
    db
      .selectFrom('projects')
      .select([
        'id',
        'name',
        'description',
        'owner_id as ownerId',
        'methodology',
        'archived_at as archivedAt',
        'version',
        'updated_at as updatedAt',
      ])
      .where('id', '=', projectId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst(),
});
