import { sql } from 'kysely';
import type { Surroundings } from '../domain/conversation.ts';
import type { Database } from './database.ts';

const most = { projects: 100, people: 500, titles: 200, letters: 200 };

type Question = {
  /** The conversation that goes on; without one, what the last one left is carried over. */
  conversationId: string | undefined;
  projectId: number | undefined;
};

export const surroundingsRepository = (db: Database) => ({
  /**
   * Everything that a turn stands on, in one statement: it is asked for at every message. The project is
   * the one named, that of the conversation, the only one, or that of the last conversation.
   */
  of: async (
    userId: number,
    { conversationId, projectId }: Question,
  ): Promise<Surroundings | undefined> => {
    const { rows } = await sql<Surroundings>`
      WITH mine AS MATERIALIZED (
        SELECT projects.id, projects.name FROM project_members
        JOIN projects ON projects.id = project_members.project_id
        WHERE project_members.user_id = ${userId}
          AND projects.deleted_at IS NULL AND projects.archived_at IS NULL
      ), talk AS (
        SELECT turn, project_id FROM conversations
        WHERE id = ${conversationId ?? null}::text AND user_id = ${userId}
      ), latest AS (
        SELECT project_id, updated_at, state FROM conversations
        WHERE user_id = ${userId} ORDER BY updated_at DESC, id DESC LIMIT 1
      ), current AS (
        SELECT id, name FROM mine WHERE id = coalesce(
          ${projectId ?? null}::bigint,
          (SELECT project_id FROM talk),
          (SELECT min(id) FROM mine HAVING count(*) = 1),
          (SELECT project_id FROM latest))
      )
      SELECT users.timezone, (SELECT turn FROM talk) AS turn,
        coalesce((users.notification_preferences ->> 'suggestions')::boolean, TRUE) AS suggestions,
        (SELECT json_build_object('projectId', id, 'name', name) FROM current) AS project,
        ${projects} AS projects, ${people} AS people, ${titles} AS titles,
        (SELECT updated_at FROM latest) AS "lastAt",
        CASE WHEN ${conversationId === undefined}::boolean THEN ${lastTopic} END AS topic
      FROM users WHERE users.id = ${userId}`.execute(db);
    return rows[0];
  },
});

const projects = sql`(
  SELECT coalesce(json_agg(json_build_object('projectId', id, 'name', name) ORDER BY id DESC), '[]')
  FROM (SELECT id, name FROM mine ORDER BY id DESC LIMIT ${sql.lit(most.projects)}) listed)`;

const people = sql`(
  SELECT coalesce(json_agg(json_build_object('userId', id, 'fullName', name) ORDER BY id), '[]')
  FROM (
    SELECT member.id, member.full_name AS name FROM current
    JOIN project_members ON project_members.project_id = current.id
    JOIN users member ON member.id = project_members.user_id
    ORDER BY member.id LIMIT ${sql.lit(most.people)}
  ) listed)`;

/** The latest tasks of the project, by which it is told which one a message names. */
const titles = sql`(
  SELECT coalesce(json_agg(title), '[]') FROM (
    SELECT left(title, ${sql.lit(most.letters)}) AS title FROM tasks
    WHERE project_id = (SELECT id FROM current) AND deleted_at IS NULL
    ORDER BY id DESC LIMIT ${sql.lit(most.titles)}
  ) listed)`;

/** The task that the last conversation spoke of, as it is now. */
const lastTopic = sql`(
  SELECT json_build_object('taskId', tasks.id, 'projectId', tasks.project_id, 'title', tasks.title,
    'status', tasks.status, 'priority', tasks.priority, 'assigneeId', tasks.assignee_id,
    'dueDate', tasks.due_date, 'version', tasks.version)
  FROM latest JOIN tasks ON tasks.id = (latest.state #>> '{focus,taskId}')::bigint
  JOIN current ON current.id = tasks.project_id WHERE tasks.deleted_at IS NULL)`;
