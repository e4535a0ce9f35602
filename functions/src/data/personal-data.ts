import { sql } from 'kysely';
import type { Erasure } from '../domain/erasure.ts';
import type { FieldCipher } from '../domain/field-cipher.ts';
import type { Database } from './database.ts';
import { forgetInvited } from './invitations.ts';
import { chatCollections } from './personal-chat.ts';
import { traceCollections } from './personal-traces.ts';
import { asPrivacyJob } from './privacy-job.ts';

export const personalDataRepository = (db: Database, cipher: FieldCipher) => ({
  /**
   * Deletes a person and everything that is theirs alone. Shared work stays without their name; a shared
   * project passes to the member with most rights who has been there longest.
   */
  erase: async (userId: number): Promise<Erasure> => {
    await asPrivacyJob(db);
    await forgetAddress(db, cipher, userId);
    const namedIn = await notificationsNaming(db, userId);
    const deletedProjects = await deleteOwnProjects(db, userId);
    await bequeathProjects(db, userId);
    const leftProjects = await leaveProjects(db, userId);
    await sql`UPDATE project_events SET actor_id = NULL WHERE actor_id = ${userId}`.execute(db);
    await sql`DELETE FROM outbox
      WHERE topic = 'mail' AND payload ->> 'userId' = ${String(userId)}`.execute(db);
    await sql`DELETE FROM failed_mails WHERE payload ->> 'userId' = ${String(userId)}`.execute(db);
    await db.deleteFrom('users').where('id', '=', userId).execute();
    return { deletedProjects, leftProjects, namedIn };
  },

  /** What is kept about a person in plain columns, by kind. */
  collect: async (userId: number): Promise<Record<string, unknown[]>> => {
    const kinds = Object.entries(collections);
    const rows = await Promise.all(kinds.map(([, query]) => query(userId).execute(db)));
    return Object.fromEntries(kinds.map(([kind], index) => [kind, rows[index]?.rows ?? []]));
  },
});

const forgetAddress = async (db: Database, cipher: FieldCipher, userId: number): Promise<void> => {
  const person = await db
    .selectFrom('users')
    .select('email')
    .where('id', '=', userId)
    // Nobody is told of anything by this person from here on.
    .forUpdate()
    .executeTakeFirst();
  if (person) await forgetInvited(db, cipher, person.email);
};

const notificationsNaming = (db: Database, userId: number): Promise<Erasure['namedIn']> =>
  db
    .selectFrom('notifications')
    .select(['user_id as userId', 'id'])
    .where('actor_id', '=', userId)
    .where('user_id', '<>', userId)
    .where('in_app', '=', true)
    .execute();

const deleteOwnProjects = async (db: Database, userId: number): Promise<number[]> => {
  const { rows } = await sql<{ id: number }>`
    DELETE FROM projects WHERE owner_id = ${userId} AND NOT EXISTS (
      SELECT FROM project_members
      WHERE project_id = projects.id AND user_id <> ${userId})
    RETURNING id`.execute(db);
  const ids = rows.map(row => row.id);
  await sql`DELETE FROM project_events WHERE project_id = ANY(${ids}::bigint[])`.execute(db);
  return ids;
};

const bequeathProjects = async (db: Database, userId: number): Promise<void> => {
  await sql`
    WITH heirs AS (
      SELECT DISTINCT ON (members.project_id) members.project_id, members.user_id
      FROM project_members members JOIN projects ON projects.id = members.project_id
      WHERE projects.owner_id = ${userId} AND members.user_id <> ${userId}
      ORDER BY members.project_id,
        array_position(ARRAY['owner', 'manager', 'member', 'viewer'], members.role::text),
        members.joined_at
    ), promoted AS (
      UPDATE project_members SET role = 'owner', version = version + 1
      FROM heirs WHERE project_members.project_id = heirs.project_id
        AND project_members.user_id = heirs.user_id
    )
    UPDATE projects SET owner_id = heirs.user_id, version = version + 1, updated_at = now()
    FROM heirs WHERE projects.id = heirs.project_id`.execute(db);
};

const leaveProjects = async (db: Database, userId: number): Promise<Erasure['leftProjects']> => {
  const { rows } = await sql<{ projectId: number; taskIds: number[] }>`
    WITH freed AS (
      UPDATE tasks SET assignee_id = NULL, version = version + 1, updated_at = now()
      WHERE assignee_id = ${userId} RETURNING id, project_id
    ), left_behind AS (
      DELETE FROM project_members WHERE user_id = ${userId} RETURNING project_id
    )
    SELECT left_behind.project_id AS "projectId",
      coalesce(array_agg(freed.id) FILTER (WHERE freed.id IS NOT NULL), '{}')::int8[] AS "taskIds"
    FROM left_behind LEFT JOIN freed ON freed.project_id = left_behind.project_id
    GROUP BY left_behind.project_id`.execute(db);
  return rows.map(row => ({ ...row, taskIds: row.taskIds.map(Number) }));
};

const collections = {
  account: (userId: number) => sql`
    SELECT id, email, full_name, avatar_url, email_verified, status, timezone, locale,
      notification_preferences, created_at, updated_at, password_changed_at
    FROM users WHERE id = ${userId}`,
  signInMethods: (userId: number) => sql`
    SELECT provider, issuer, subject, created_at, last_used_at
    FROM auth_methods WHERE user_id = ${userId}`,
  consents: (userId: number) => sql`
    SELECT purpose, policy_version, granted, decided_at
    FROM consents WHERE user_id = ${userId} ORDER BY id`,
  memberships: (userId: number) => sql`
    SELECT projects.id AS project_id, projects.name, role, joined_at
    FROM project_members JOIN projects ON projects.id = project_id
    WHERE user_id = ${userId} AND projects.deleted_at IS NULL`,
  tasks: (userId: number) => sql`
    SELECT id, project_id, title, description, status, priority, due_date, labels, created_at,
      assignee_id = ${userId} AS assigned_to_me, creator_id = ${userId} AS created_by_me
    FROM tasks WHERE (assignee_id = ${userId} OR creator_id = ${userId}) AND deleted_at IS NULL`,
  comments: (userId: number) => sql`
    SELECT * FROM comments WHERE author_id = ${userId}`,
  ...traceCollections,
  ...chatCollections,
};
