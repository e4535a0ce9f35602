import { sql } from 'kysely';

/** What a person's work and reading leave behind, by kind; of others it names nobody. */
export const traceCollections = {
  secondFactor: (userId: number) => sql`
    SELECT enabled_at, (SELECT count(*) FROM recovery_codes WHERE user_id = ${userId})
      AS recovery_codes_left
    FROM second_factors WHERE user_id = ${userId} AND secret IS NOT NULL`,
  knownDevices: (userId: number) => sql`
    SELECT first_seen_at, last_seen_at FROM known_devices
    WHERE user_id = ${userId} ORDER BY first_seen_at`,
  activity: (userId: number) => sql`
    SELECT project_id, type, task_id, occurred_at FROM project_events
    WHERE actor_id = ${userId} ORDER BY id`,
  notifications: (userId: number) => sql`
    SELECT id, project_id, task_id, kind, read_at, mailed_at, created_at FROM notifications
    WHERE user_id = ${userId} ORDER BY id`,
  reminders: (userId: number) => sql`
    SELECT task_id, day FROM due_reminders WHERE user_id = ${userId} ORDER BY day`,
  watchedTasks: (userId: number) => sql`
    SELECT task_id, created_at FROM task_watchers WHERE user_id = ${userId} ORDER BY created_at`,
  attachments: (userId: number) => sql`
    SELECT id, task_id, name, content_type, size, state, created_at FROM attachments
    WHERE creator_id = ${userId} ORDER BY id`,
  templates: (userId: number) => sql`
    SELECT id, name, description, content, created_at FROM project_templates
    WHERE owner_id = ${userId} ORDER BY id`,
  imports: (userId: number) => sql`
    SELECT id, project_id, format, state, total, imported, created_at FROM imports
    WHERE creator_id = ${userId} ORDER BY id`,
  // Whom they invited is for the invited to know.
  invitationsSent: (userId: number) => sql`
    SELECT id, project_id, role, state, created_at, answered_at FROM invitations
    WHERE inviter_id = ${userId} ORDER BY id`,
  webhooks: (userId: number) => sql`
    SELECT id, project_id, url, events, active, created_at FROM webhooks
    WHERE creator_id = ${userId} ORDER BY id`,
};
