import { type RawBuilder, sql } from 'kysely';
import type { ChatDay, ChatFlowDay, Span, UnknownPhrase } from '../domain/chat-figures.ts';
import { growth } from '../domain/histogram.ts';
import type { Database } from './database.ts';

/** The first run sums up no more than retention keeps anyway. */
const daysAtMost = 180;

export const chatFiguresRepository = (db: Database) => ({
  /** Both ends included. Days that are not summed up yet are counted from their turns. */
  days: async (projectId: number, { from, to }: Span): Promise<ChatDay[]> => {
    const { rows } = await sql<ChatDay>`
      SELECT day, turns, conversations, people, marks, latency FROM chat_days
      WHERE project_id = ${projectId} AND day BETWEEN ${from} AND ${to}
      UNION ALL
      SELECT day, turns, conversations, people, marks, latency
      FROM (${dayFigures(openTurns(projectId, { from, to }))}) open
      ORDER BY day`.execute(db);
    return rows;
  },

  flowDays: async (projectId: number, { from, to }: Span): Promise<ChatFlowDay[]> => {
    const { rows } = await sql<ChatFlowDay>`
      SELECT day, flow, outcomes, seconds FROM chat_flow_days
      WHERE project_id = ${projectId} AND day BETWEEN ${from} AND ${to}
      UNION ALL
      SELECT day, flow, outcomes, seconds
      FROM (${flowFigures(openTurns(projectId, { from, to }))}) open`.execute(db);
    return rows;
  },

  /** Different people of the span, as far back as turns are kept. */
  people: async (projectId: number, { from, to }: Span): Promise<number> => {
    const { rows } = await sql<{ people: number }>`
      SELECT count(DISTINCT talk.user_id) AS people
      FROM chat_turns turn JOIN conversations talk ON talk.id = turn.conversation_id
      WHERE turn.project_id = ${projectId} AND turn.at >= ${from}::date
        AND turn.at < ${to}::date + 1`.execute(db);
    return rows[0]?.people ?? 0;
  },

  /** What was not understood most often, with everything personal taken out before it was kept. */
  unknownPhrases: async (
    projectId: number,
    { from, to }: Span,
    limit: number,
  ): Promise<UnknownPhrase[]> => {
    const { rows } = await sql<UnknownPhrase>`
      SELECT min(turn.unknown) AS phrase, count(*) AS count, count(DISTINCT talk.user_id) AS people
      FROM chat_turns turn JOIN conversations talk ON talk.id = turn.conversation_id
      WHERE turn.project_id = ${projectId} AND turn.at >= ${from}::date
        AND turn.at < ${to}::date + 1 AND turn.unknown IS NOT NULL
      GROUP BY fold_text(turn.unknown) ORDER BY count(*) DESC, max(turn.at) DESC
      LIMIT ${limit}`.execute(db);
    return rows;
  },

  /** Days that are over and not summed up yet, oldest first, without gaps between them. */
  daysToClose: async (): Promise<string[]> => {
    const { rows } = await sql<{ day: string }>`
      SELECT day::date AS day FROM generate_series(
        coalesce((SELECT max(day) + 1 FROM chat_days_closed),
          current_date - ${daysAtMost}::int)::timestamp,
        -- What waits an hour long is abandoned, so a day is judged two hours after its end.
        ((now() - interval '2 hours')::date - 1)::timestamp, interval '1 day') day`.execute(db);
    return rows.map(row => row.day);
  },

  /**
   * Sums a day up for good, in the caller's transaction; false when that was done before. A twin that
   * runs at the same time waits for the first and then finds it done.
   */
  closeDay: async (day: string): Promise<boolean> => {
    const { numAffectedRows } = await sql`INSERT INTO chat_days_closed (day) VALUES (${day})
      ON CONFLICT DO NOTHING`.execute(db);
    if (numAffectedRows !== 1n) return false;
    const turns = sql`turn.at >= ${day}::date AND turn.at < ${day}::date + 1
      AND turn.project_id IS NOT NULL`;
    await sql`
      INSERT INTO chat_days (project_id, day, turns, conversations, people, marks, latency)
      ${dayFigures(turns)}`.execute(db);
    await sql`
      INSERT INTO chat_flow_days (project_id, day, flow, outcomes, seconds)
      ${flowFigures(turns)}`.execute(db);
    return true;
  },
});

type Condition = RawBuilder<unknown>;

const openTurns = (projectId: number, { from, to }: Span): Condition =>
  sql`turn.project_id = ${projectId} AND turn.at < ${to}::date + 1 AND turn.at >= greatest(
    ${from}::date, (SELECT max(day) + 1 FROM chat_days_closed))`;

// Sessions run in UTC, so a cast to a date is the day in UTC.
const bucketOf = (value: RawBuilder<unknown>) =>
  sql`floor(ln(greatest(${value}, 1)) / ln(${sql.lit(growth)}::numeric))::int`;

const marks = sql.raw(
  ['fallback', 'correction', 'cancel', 'undo', 'handover']
    .map(mark => `'${mark}', count(*) FILTER (WHERE '${mark}' = any(marks))`)
    .join(', '),
);

const dayFigures = (chosen: Condition) => sql`
  WITH spoken AS (
    SELECT turn.project_id, turn.at::date AS day, turn.turn, turn.marks, talk.user_id,
      ${bucketOf(sql`turn.elapsed_ms`)} AS bucket
    FROM chat_turns turn JOIN conversations talk ON talk.id = turn.conversation_id
    WHERE ${chosen}
  ), took AS (
    SELECT project_id, day, jsonb_object_agg(bucket, times) AS latency FROM (
      SELECT project_id, day, bucket, count(*) AS times FROM spoken GROUP BY 1, 2, 3) each
    GROUP BY 1, 2
  )
  SELECT spoken.project_id, spoken.day, count(*)::int AS turns,
    (count(*) FILTER (WHERE turn = 1))::int AS conversations,
    count(DISTINCT user_id)::int AS people, jsonb_build_object(${marks}) AS marks,
    took.latency
  FROM spoken JOIN took USING (project_id, day) GROUP BY 1, 2, took.latency`;

/** A wish is abandoned when its conversation goes on neither that hour nor ever. */
const flowFigures = (chosen: Condition) => sql`
  WITH spoken AS (
    SELECT turn.project_id, turn.at::date AS day, turn.at, turn.conversation_id, turn.turn,
      turn.flows, turn.waiting FROM chat_turns turn WHERE ${chosen}
  ), happened AS (
    SELECT project_id, day, flow, what, seconds
    FROM spoken, jsonb_to_recordset(flows) AS event (flow text, what text, seconds numeric)
    UNION ALL
    SELECT project_id, day, flow, 'abandoned', NULL
    FROM spoken, unnest(waiting) AS flow
    WHERE spoken.at < now() - interval '1 hour' AND NOT EXISTS (
      SELECT FROM chat_turns later WHERE later.conversation_id = spoken.conversation_id
        AND later.turn = spoken.turn + 1 AND later.at <= spoken.at + interval '1 hour')
  ), ended AS (
    SELECT project_id, day, flow, jsonb_object_agg(what, times) AS outcomes FROM (
      SELECT project_id, day, flow, what, count(*) AS times FROM happened GROUP BY 1, 2, 3, 4) each
    GROUP BY 1, 2, 3
  ), took AS (
    SELECT project_id, day, flow, jsonb_object_agg(bucket, times) AS seconds FROM (
      SELECT project_id, day, flow, ${bucketOf(sql`seconds`)} AS bucket, count(*) AS times
      FROM happened WHERE seconds IS NOT NULL GROUP BY 1, 2, 3, 4) each
    GROUP BY 1, 2, 3
  )
  SELECT ended.project_id, ended.day, ended.flow, ended.outcomes,
    coalesce(took.seconds, '{}') AS seconds
  FROM ended LEFT JOIN took USING (project_id, day, flow)`;
