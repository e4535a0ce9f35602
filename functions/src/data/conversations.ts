import { sql } from 'kysely';
import type {
  Conversation,
  ConversationMessage,
  RecordedTurn,
  TurnRecord,
} from '../domain/conversation.ts';
import type { Database } from './database.ts';
import { daysAgo } from './expressions.ts';

const columns = sql<Conversation>`c.id, c.project_id AS "projectId", c.step, c.state, c.turn,
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

  /**
   * One statement for the whole turn: the conversation, what was said and answered, what it came to,
   * and the request for a person. Keeps nothing when the conversation has moved on since
   * the turn began, or is gone.
   */
  record: async (id: string, turn: TurnRecord): Promise<RecordedTurn> => {
    const { said, answered, course } = turn;
    const state = sql`${JSON.stringify(turn.state)}::jsonb`;
    const { rows } = await sql<RecordedTurn>`
      WITH begun AS (
        INSERT INTO conversations (id, user_id, project_id, step, state, turn)
        SELECT ${id}, ${turn.userId}, ${turn.projectId}::bigint, ${turn.step}, ${state}, 1
        WHERE ${turn.turn}::int = 1 ON CONFLICT DO NOTHING RETURNING id
      ), gone_on AS (
        UPDATE conversations SET project_id = ${turn.projectId}, step = ${turn.step}, state = ${state},
          turn = ${turn.turn}, updated_at = now()
        WHERE id = ${id} AND user_id = ${turn.userId} AND turn = ${turn.turn}::int - 1 RETURNING id
      ), talk AS (SELECT id FROM begun UNION ALL SELECT id FROM gone_on), spoken AS (
        INSERT INTO conversation_messages (conversation_id, role, text, intents, at)
        SELECT talk.id, m.role, m.text, m.intents, m.at FROM talk, (VALUES
          (1, 'user', ${said.text}::text, ${said.intents}::text[], ${said.at}::timestamptz),
          (2, 'bot', ${answered.text}::text, '{}'::text[], ${answered.at}::timestamptz)
        ) AS m (place, role, text, intents, at) ORDER BY m.place RETURNING id
      ), counted AS (
        INSERT INTO chat_turns
          (conversation_id, turn, project_id, elapsed_ms, flows, waiting, marks, unknown)
        SELECT id, ${turn.turn}, ${turn.projectId}::bigint, ${course.elapsedMs},
          ${JSON.stringify(course.flows)}::jsonb, ${course.waiting}, ${course.marks},
          ${course.unknown} FROM talk
      ), handed AS (
        INSERT INTO handovers (conversation_id, user_id, project_id, last_message_id)
        SELECT id, ${turn.userId}, ${turn.projectId}::bigint, (SELECT max(id) FROM spoken) FROM talk
        WHERE ${turn.handsOver}::boolean ON CONFLICT DO NOTHING RETURNING id
      )
      SELECT EXISTS (SELECT FROM talk) AS kept, EXISTS (SELECT FROM handed) AS "handedOver"`.execute(
      db,
    );
    return rows[0] ?? { kept: false, handedOver: false };
  },

  /** Removes a person's conversation with all that was said; false when there is none. */
  remove: async (userId: number, id: string): Promise<boolean> => {
    // Answers that were kept for a repeated request say the same again.
    const { numAffectedRows } = await sql`
      WITH kept AS (
        DELETE FROM idempotency_keys WHERE user_id = ${userId}
          AND operation = 'chat/sendMessage' AND response ->> 'sessionId' = ${id}
      )
      DELETE FROM conversations WHERE id = ${id} AND user_id = ${userId}`.execute(db);
    return numAffectedRows === 1n;
  },

  purge: async (days: number): Promise<number> => {
    const { numAffectedRows } = await sql`
      DELETE FROM conversations WHERE updated_at < ${daysAgo(days)}`.execute(db);
    return Number(numAffectedRows ?? 0);
  },
});
