import { sql } from 'kysely';
import type { Member } from '../domain/project.ts';
import type { Task } from '../domain/task.ts';
import type { Database } from './database.ts';
import { memberRepository } from './members.ts';
import { taskRepository } from './tasks.ts';

export type MirroredProject = {
  id: number;
  name: string;
  description: string | null;
  ownerId: number;
  methodology: string;
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
        'version',
        'updated_at as updatedAt',
      ])
      .where('id', '=', projectId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst(),
});
