import { sql } from 'kysely';
import {
  defaultSettings,
  type NewProject,
  type Project,
  type ProjectChanges,
  type ProjectSettings,
  type Shelf,
} from '../domain/project.ts';
import type { Database } from './database.ts';
import { daysAgo, touched } from './expressions.ts';
import { asPrivacyJob } from './privacy-job.ts';

const columns = [
  'projects.id',
  'projects.name',
  'projects.description',
  'projects.owner_id as ownerId',
  'projects.methodology',
  sql<Partial<ProjectSettings>>`projects.settings`.as('settings'),
  'projects.version',
  'projects.created_at as createdAt',
  'projects.archived_at as archivedAt',
  'projects.updated_at as updatedAt',
] as const;

type Row = Omit<Project, 'settings'> & { settings: Partial<ProjectSettings> };

// Settings that came later than a project have their defaults in it.
const projectOf = (row: Row): Project => ({
  ...row,
  settings: { ...defaultSettings, ...row.settings },
});

export const projectRepository = (db: Database) => ({
  insert: async (ownerId: number, project: NewProject): Promise<Project> => {
    const row = await db
      .insertInto('projects')
      .values({
        name: project.name,
        description: project.description ?? null,
        owner_id: ownerId,
        methodology: project.methodology ?? 'agile',
        settings: JSON.stringify(project.settings ?? {}),
      })
      .returning(columns)
      .executeTakeFirstOrThrow();
    return projectOf({ ...row, role: 'owner' });
  },

  findFor: async (userId: number, projectId: number): Promise<Project | undefined> => {
    const row = await memberships(db, userId)
      .where('projects.id', '=', projectId)
      .executeTakeFirst();
    return row && projectOf(row);
  },

  settingsOf: async (projectId: number): Promise<ProjectSettings> => {
    const row = await db
      .selectFrom('projects')
      .select(sql<Partial<ProjectSettings>>`settings`.as('settings'))
      .where('id', '=', projectId)
      .executeTakeFirst();
    return { ...defaultSettings, ...row?.settings };
  },

  /** Where the days of a project begin: its own time zone, else that of the person who asks. */
  timezoneFor: async (userId: number, projectId: number): Promise<string> => {
    const row = await db
      .selectFrom('users')
      .leftJoin('projects', join => join.on('projects.id', '=', projectId))
      .select(sql<string>`coalesce(projects.settings ->> 'timezone', users.timezone)`.as('zone'))
      .where('users.id', '=', userId)
      .executeTakeFirst();
    return row?.zone ?? 'UTC';
  },

  /** Newest first, those before `beforeId`. Deleted ones show themselves to their owner only. */
  listFor: async (
    userId: number,
    shelf: Shelf,
    limit: number,
    beforeId?: number,
  ): Promise<Project[]> => {
    let query = onShelf(db, userId, shelf).orderBy('projects.id', 'desc').limit(limit);
    if (beforeId !== undefined) query = query.where('projects.id', '<', beforeId);
    return (await query.execute()).map(projectOf);
  },

  /** Locks a project until the transaction ends. */
  lock: (projectId: number): Promise<{ ownerId: number } | undefined> =>
    db
      .selectFrom('projects')
      .select('owner_id as ownerId')
      .where('id', '=', projectId)
      .where('deleted_at', 'is', null)
      .forNoKeyUpdate()
      .executeTakeFirst(),

  /** Changes a project and returns its new version; settings are merged. */
  update: async (projectId: number, changes: ProjectChanges): Promise<number | undefined> => {
    const { settings, ...plain } = changes;
    let query = db
      .updateTable('projects')
      .set({ ...plain, ...touched })
      .where('id', '=', projectId)
      .where('deleted_at', 'is', null);
    if (settings)
      query = query.set({ settings: sql`settings || ${JSON.stringify(settings)}::jsonb` });
    return (await query.returning('version').executeTakeFirst())?.version;
  },

  setOwner: async (projectId: number, userId: number): Promise<void> => {
    await db
      .updateTable('projects')
      .set({ owner_id: userId, ...touched })
      .where('id', '=', projectId)
      .execute();
  },

  /** False when it is that way already. */
  setArchived: async (projectId: number, archived: boolean): Promise<boolean> => {
    const result = await db
      .updateTable('projects')
      .set({ archived_at: archived ? sql`now()` : null, ...touched })
      .where('id', '=', projectId)
      .where('archived_at', archived ? 'is' : 'is not', null)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  },

  lockDeleted: (projectId: number): Promise<{ deletedAt: string } | undefined> =>
    db
      .selectFrom('projects')
      .select(sql<string>`deleted_at`.as('deletedAt'))
      .where('id', '=', projectId)
      .where('deleted_at', 'is not', null)
      .forUpdate()
      .executeTakeFirst(),

  restore: async (projectId: number): Promise<void> => {
    await db
      .updateTable('projects')
      .set({ deleted_at: null, ...touched })
      .where('id', '=', projectId)
      .execute();
  },

  /** Deletes for good, with its history, what was hidden more than `days` ago. */
  purge: async (days: number): Promise<number> => {
    await asPrivacyJob(db);
    const { rows } = await sql<{ id: number }>`
      WITH gone AS (
        DELETE FROM projects WHERE deleted_at < ${daysAgo(days)}
        RETURNING id
      ), history AS (
        DELETE FROM project_events USING gone WHERE project_events.project_id = gone.id
      )
      SELECT id FROM gone`.execute(db);
    return rows.length;
  },

  /** Hides a project and everything in it; false when it is gone already. */
  remove: async (projectId: number): Promise<boolean> => {
    const row = await db
      .updateTable('projects')
      .set({ deleted_at: sql`now()`, version: sql`version + 1` })
      .where('id', '=', projectId)
      .where('deleted_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  },
});

const onShelf = (db: Database, userId: number, shelf: Shelf) =>
  shelf === 'deleted'
    ? ofMember(db, userId)
        .where('projects.deleted_at', 'is not', null)
        .where('project_members.role', '=', 'owner')
    : memberships(db, userId).where(
        'projects.archived_at',
        shelf === 'archived' ? 'is not' : 'is',
        null,
      );

const memberships = (db: Database, userId: number) =>
  ofMember(db, userId).where('projects.deleted_at', 'is', null);

const ofMember = (db: Database, userId: number) =>
  db
    .selectFrom('project_members')
    .innerJoin('projects', 'projects.id', 'project_members.project_id')
    .select(columns)
    .select('project_members.role')
    .where('project_members.user_id', '=', userId);
