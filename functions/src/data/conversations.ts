import { sql } from 'kysely';
import type { Conversation, ConversationMessage, TurnRecord } from '../domain/conversation.ts';
import type { Database } from './database.ts';

const columns = sql<Conversation>`c.id, c.project_id AS "projectId", c.step, c.state,
  c.created_at AS "createdAt", c.updated_at AS "updatedAt"`;

export type StoredMessage = ConversationMessage & { id: number };

export const conversationRepository = (db: Database) => ({
  /** A person's own conversation; anyone else's is not there. */
  findFor: async (userId: number, id: string): Promise<Conversation | undefined> => {
    const { rows } = await sql<Conversation>`
      SELECT ${columns} FROM conversations c WHERE c.id = ${id} AND c.user_id = ${userId}`.execute(
      db,
    );
    return rows[0];
  },

  /** The project of the person's last conversation, where they still belong to it. */
  lastProjectOf: async (userId: number): Promise<number | undefined> => {
    const { rows } = await sql<{ projectId: number }>`
      SELECT c.project_id AS "projectId" FROM conversations c
      JOIN project_members m ON m.project_id = c.project_id AND m.user_id = c.user_id
      WHERE c.user_id = ${userId} ORDER BY c.updated_at DESC, c.id DESC LIMIT 1`.execute(db);
    return rows[0]?.projectId;
  },

  /** Most recent first, those older than `before`. */
  listFor: async (
    userId: number,
    limit: number,
    before?: { updatedAt: string; id: string },
  ): Promise<Conversation[]> => {
    const older = before
      ? sql`AND (c.updated_at, c.id) < (${before.updatedAt}::timestamptz, ${before.id}::text)`
      : sql``;
    const { rows } = await sql<Conversation>`
      SELECT ${columns} FROM conversations c WHERE c.user_id = ${userId} ${older}
      ORDER BY c.updated_at DESC, c.id DESC LIMIT ${limit}`.execute(db);
    return rows;
  },

  /** Newest first, those before `beforeId`. */
  messages: async (id: string, limit: number, beforeId?: number): Promise<StoredMessage[]> => {
    const older = beforeId === undefined ? sql`` : sql`AND m.id < ${beforeId}`;
    const { rows } = await sql<StoredMessage>`
      SELECT m.id, m.role, m.text, m.at FROM conversation_messages m
      WHERE m.conversation_id = ${id} ${older} ORDER BY m.id DESC LIMIT ${limit}`.execute(db);
    return rows;
  },

  /** One statement for the whole turn: the conversation, what was said and what was answered. */
  record: async (id: string, turn: TurnRecord): Promise<void> => {
    const { said, answered } = turn;
    await sql`
      WITH talk AS (
        INSERT INTO conversations (id, user_id, project_id, step, state)
        VALUES (${id}, ${turn.userId}, ${turn.projectId}, ${turn.step}, ${JSON.stringify(turn.state)}::jsonb)
        ON CONFLICT (id) DO UPDATE SET project_id = excluded.project_id, step = excluded.step,
          state = excluded.state, updated_at = now()
        RETURNING id)
      INSERT INTO conversation_messages (conversation_id, role, text, intents, at)
      SELECT talk.id, m.role, m.text, m.intents, m.at FROM talk, (VALUES
        (1, 'user', ${said.text}::text, ${said.intents}::text[], ${said.at}::timestamptz),
        (2, 'bot', ${answered.text}::text, '{}'::text[], ${answered.at}::timestamptz)
      ) AS m (place, role, text, intents, at) ORDER BY m.place`.execute(db);
  },

  /** Removes a person's conversation with all that was said; false when there is none. */
  remove: async (userId: number, id: string): Promise<boolean> => {
    const { numAffectedRows } = await sql`
      DELETE FROM conversations WHERE id = ${id} AND user_id = ${userId}`.execute(db);
    return numAffectedRows === 1n;
  },

  /** A person is wanted: the conversation waits in the project until somebody takes it. */
  handOver: async (id: string, userId: number, projectId: number | null): Promise<void> => {
    await sql`INSERT INTO handovers (conversation_id, user_id, project_id)
      SELECT c.id, ${userId}, ${projectId}::bigint FROM conversations c WHERE c.id = ${id}`.execute(
      db,
    );
  },

  purge: async (days: number): Promise<number> => {
    const { numAffectedRows } = await sql`
      DELETE FROM conversations WHERE updated_at < now() - make_interval(days => ${days})`.execute(
      db,
    );
    return Number(numAffectedRows ?? 0);
  },
});
