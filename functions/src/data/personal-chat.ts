import { sql } from 'kysely';

/** What the chat keeps about a person, by kind; everything of it goes with the account. */
export const chatCollections = {
  conversations: (userId: number) => sql`
    SELECT id, project_id, step, turn AS turns, created_at, updated_at
    FROM conversations WHERE user_id = ${userId} ORDER BY created_at`,
  conversationMessages: (userId: number) => sql`
    SELECT said.conversation_id, said.role, said.text, said.intents, said.at
    FROM conversation_messages said JOIN conversations talk ON talk.id = said.conversation_id
    WHERE talk.user_id = ${userId} ORDER BY said.id`,
  conversationTurns: (userId: number) => sql`
    SELECT turn.conversation_id, turn.turn, turn.at, turn.elapsed_ms, turn.flows, turn.waiting,
      turn.marks, turn.unknown
    FROM chat_turns turn JOIN conversations talk ON talk.id = turn.conversation_id
    WHERE talk.user_id = ${userId} ORDER BY turn.at`,
  handovers: (userId: number) => sql`
    SELECT id, project_id, created_at, taken_at, resolved_at, user_id = ${userId} AS asked_by_me,
      coalesce(taken_by = ${userId}, FALSE) AS taken_by_me
    FROM handovers WHERE user_id = ${userId} OR taken_by = ${userId} ORDER BY id`,
  suggestions: (userId: number) => sql`
    SELECT task_id, kind, since, made_at FROM chat_suggestions
    WHERE user_id = ${userId} ORDER BY made_at`,
  morningSummary: (userId: number) => sql`
    SELECT next_at::text, last_day FROM summary_plans WHERE user_id = ${userId}`,
};
