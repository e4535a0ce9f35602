import { sql } from 'kysely';
import type { Audience, NoticeKind, Notification } from '../domain/notification.ts';
import type { Preferences } from '../domain/notification-preferences.ts';
import type {
  AddressedNotification,
  PlacedNotice,
  Reader,
  UnmailedReader,
} from '../domain/notification-readers.ts';
import type { Database } from './database.ts';
import { anyOf, daysAgo } from './expressions.ts';

const notifications = (db: Database) =>
  db
    .selectFrom('notifications')
    .innerJoin('projects', 'projects.id', 'notifications.project_id')
    // Whoever left the project is shown nothing more of it.
    .innerJoin('project_members', join =>
      join
        .onRef('project_members.project_id', '=', 'notifications.project_id')
        .onRef('project_members.user_id', '=', 'notifications.user_id'),
    )
    .leftJoin('tasks', 'tasks.id', 'notifications.task_id')
    .leftJoin('users as actors', 'actors.id', 'notifications.actor_id')
    .select([
      'notifications.id',
      sql<NoticeKind>`notifications.kind`.as('kind'),
      sql<Notification['facts']>`notifications.facts`.as('facts'),
      'notifications.project_id as projectId',
      'projects.name as projectName',
      'notifications.task_id as taskId',
      'tasks.title as taskTitle',
      'notifications.actor_id as actorId',
      'actors.full_name as actorName',
      'notifications.read_at as readAt',
      'notifications.created_at as createdAt',
    ])
    .where('projects.deleted_at', 'is', null);

const addressed = (db: Database) =>
  notifications(db)
    .innerJoin('users as readers', 'readers.id', 'notifications.user_id')
    .select([
      'notifications.user_id as userId',
      'readers.locale',
      'readers.timezone',
      'notifications.in_app as inApp',
      sql<Preferences>`readers.notification_preferences`.as('preferences'),
    ]);

const preferences = sql<Preferences>`users.notification_preferences`.as('preferences');

export const notificationRepository = (db: Database) => ({
  audience: async (taskId: number): Promise<Audience> => {
    const row = await db
      .selectFrom('tasks')
      .select(['assignee_id as assigneeId', 'creator_id as creatorId'])
      .select(
        sql<number[]>`array(SELECT user_id::float8 FROM task_watchers WHERE task_id = tasks.id)`.as(
          'watcherIds',
        ),
      )
      .where('id', '=', taskId)
      .executeTakeFirst();
    return row ?? { assigneeId: null, creatorId: null, watcherIds: [] };
  },

  /** What those of these people want who are members of a project. */
  readers: (projectId: number, userIds: number[]): Promise<Reader[]> =>
    db
      .selectFrom('project_members')
      .innerJoin('users', 'users.id', 'project_members.user_id')
      .select('users.id as userId')
      .select(preferences)
      .where('project_id', '=', projectId)
      .where('users.id', '=', anyOf(userIds))
      .execute(),

  /** Notes who is to be told of an event; those who are no members, or were told, are left out. */
  insert: async (
    event: { eventId: number; projectId: number; taskId: number | null; actorId: number | null },
    notices: PlacedNotice[],
  ): Promise<void> => {
    if (notices.length === 0) return;
    await sql`
      INSERT INTO notifications
        (user_id, event_id, project_id, task_id, kind, actor_id, facts, in_app, by_mail)
      SELECT notice."userId", ${event.eventId}, ${event.projectId}, ${event.taskId}, notice.kind,
        (SELECT id FROM users WHERE id = ${event.actorId}), coalesce(notice.facts, '{}'), notice."inApp", notice."byMail"
      FROM jsonb_to_recordset(${JSON.stringify(notices)}::jsonb)
        AS notice ("userId" bigint, kind text, facts jsonb, "inApp" boolean, "byMail" boolean)
      JOIN project_members member
        ON member.project_id = ${event.projectId} AND member.user_id = notice."userId"
      ON CONFLICT DO NOTHING`.execute(db);
  },

  /** What an event told people, with what is needed to tell them elsewhere too. */
  ofEvent: (eventId: number): Promise<AddressedNotification[]> =>
    addressed(db).where('notifications.event_id', '=', eventId).execute(),

  /** The same of some notifications; those that their readers may no longer see are left out. */
  ofIds: (ids: number[]): Promise<AddressedNotification[]> =>
    addressed(db).where('notifications.id', '=', anyOf(ids)).execute(),

  /** Newest first, those before `beforeId`. */
  list: (
    userId: number,
    unread: boolean,
    limit: number,
    beforeId?: number,
  ): Promise<Notification[]> => {
    let query = notifications(db)
      .where('notifications.user_id', '=', userId)
      .where('notifications.in_app', '=', true);
    if (unread) query = query.where('notifications.read_at', 'is', null);
    if (beforeId !== undefined) query = query.where('notifications.id', '<', beforeId);
    return query.orderBy('notifications.id', 'desc').limit(limit).execute();
  },

  /** Marks as read, up to an id or just that one, and returns the ids that were not read before. */
  markRead: async (userId: number, ids: number[] | undefined): Promise<number[]> => {
    let query = db
      .updateTable('notifications')
      .set({ read_at: sql`now()` })
      .where('user_id', '=', userId)
      .where('in_app', '=', true)
      .where('read_at', 'is', null);
    if (ids) query = query.where('id', '=', anyOf(ids));
    return (await query.returning('id').execute()).map(row => row.id);
  },

  /**
   * People who may want a mail about what they have not read, and have had none for 20 hours, in order from
   * `afterUserId` on.
   */
  unmailed: (afterUserId: number, limit: number): Promise<UnmailedReader[]> =>
    db
      .selectFrom('users')
      .select(['users.id as userId', 'users.timezone'])
      .select(preferences)
      .where('users.id', '>', afterUserId)
      .where('users.status', '=', 'active')
      .where(
        sql<boolean>`users.id IN (SELECT user_id FROM notifications
          WHERE mailed_at IS NULL AND read_at IS NULL AND by_mail)`,
      )
      .where(
        sql<boolean>`NOT EXISTS (SELECT FROM notifications sent WHERE sent.user_id = users.id
          AND sent.mailed_at > now() - interval '20 hours')`,
      )
      .orderBy('users.id')
      .limit(limit)
      .execute(),

  /** Counts what these people have not read and not been mailed of, and marks it as mailed. */
  takeUnmailed: async (userIds: number[]): Promise<{ userId: number; count: number }[]> => {
    const { rows } = await sql<{ userId: number; count: number }>`
      WITH marked AS (
        UPDATE notifications SET mailed_at = now()
        WHERE user_id = any(${userIds}::bigint[])
          AND mailed_at IS NULL AND read_at IS NULL AND by_mail
        RETURNING user_id
      )
      SELECT user_id AS "userId", count(*) AS count FROM marked GROUP BY user_id`.execute(db);
    return rows;
  },

  purge: async (days: number): Promise<number> => {
    const result = await db
      .deleteFrom('notifications')
      .where('created_at', '<', daysAgo(days))
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});
