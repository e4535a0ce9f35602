import { sql } from 'kysely';
import type { ConversationMessage } from '../domain/conversation.ts';
import type { Handover, HandoverState, Helper } from '../domain/handover.ts';
import type { Database } from './database.ts';

const columns = sql`handover.id, handover.project_id AS "projectId", handover.user_id AS "askerId",
  asker.full_name AS "askerName", handover.created_at AS "askedAt", handover.taken_by AS "takenBy",
  taker.full_name AS "takerName", handover.taken_at AS "takenAt",
  handover.resolved_at AS "resolvedAt",
  CASE WHEN handover.resolved_at IS NOT NULL THEN 'resolved'
    WHEN handover.taken_at IS NOT NULL THEN 'taken' ELSE 'waiting' END AS state`;

const source = sql`handovers handover JOIN users asker ON asker.id = handover.user_id
  LEFT JOIN users taker ON taker.id = handover.taken_by`;

const inState = {
  waiting: sql`AND handover.resolved_at IS NULL AND handover.taken_at IS NULL`,
  taken: sql`AND handover.resolved_at IS NULL AND handover.taken_at IS NOT NULL`,
  resolved: sql`AND handover.resolved_at IS NOT NULL`,
} satisfies Record<HandoverState, unknown>;

export const handoverRepository = (db: Database) => ({
  /** Newest first, those before `beforeId`. */
  list: async (
    projectId: number,
    state: HandoverState | undefined,
    limit: number,
    beforeId?: number,
  ): Promise<Handover[]> => {
    const older = beforeId === undefined ? sql`` : sql`AND handover.id < ${beforeId}`;
    const { rows } = await sql<Handover>`
      SELECT ${columns} FROM ${source}
      WHERE handover.project_id = ${projectId} ${state ? inState[state] : sql``} ${older}
      ORDER BY handover.id DESC LIMIT ${limit}`.execute(db);
    return rows;
  },

  find: async (id: number): Promise<Handover | undefined> => {
    const { rows } = await sql<Handover>`SELECT ${columns} FROM ${source}
      WHERE handover.id = ${id} AND handover.project_id IS NOT NULL`.execute(db);
    return rows[0];
  },

  /** False when somebody else was faster, or it is over. */
  take: async (id: number, userId: number): Promise<boolean> => {
    const { numAffectedRows } = await sql`
      UPDATE handovers SET taken_by = ${userId}, taken_at = now()
      WHERE id = ${id} AND taken_at IS NULL AND resolved_at IS NULL`.execute(db);
    return numAffectedRows === 1n;
  },

  /** False when it is over already. */
  resolve: async (id: number, userId: number): Promise<boolean> => {
    const { numAffectedRows } = await sql`
      UPDATE handovers SET resolved_by = ${userId}, resolved_at = now()
      WHERE id = ${id} AND resolved_at IS NULL`.execute(db);
    return numAffectedRows === 1n;
  },

  /** What was said last before the call, in order. */
  messages: async (id: number, limit: number): Promise<ConversationMessage[]> => {
    const { rows } = await sql<ConversationMessage & { id: number }>`
      SELECT said.id, said.role, said.text, said.at FROM handovers handover
      JOIN conversation_messages said ON said.conversation_id = handover.conversation_id
      WHERE handover.id = ${id} AND said.id <= handover.last_message_id
      ORDER BY said.id DESC LIMIT ${limit}`.execute(db);
    return rows.map(({ role, text, at }) => ({ role, text, at })).toReversed();
  },

  /** Everybody else of the project who may take it over. */
  helpers: async (projectId: number, askerId: number): Promise<Helper[]> => {
    const { rows } = await sql<Helper>`
      SELECT users.id AS "userId",
        users.notification_preferences AS preferences
      FROM project_members member JOIN users ON users.id = member.user_id
      WHERE member.project_id = ${projectId} AND member.role IN ('manager', 'owner')
        AND users.status = 'active' AND users.id <> ${askerId}
      ORDER BY users.id LIMIT 50`.execute(db);
    return rows;
  },
});
