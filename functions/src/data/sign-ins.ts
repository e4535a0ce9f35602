import { sql } from 'kysely';
import type { FieldCipher } from '../domain/field-cipher.ts';
import type { NewSecurityEvent } from '../domain/security-event.ts';
import { type NewSession, type SignInHistory, sessionDays } from '../domain/session.ts';
import type { Database } from './database.ts';
import { sealedEvent } from './security-events.ts';
import { sealedSession, sessionAddress } from './sessions.ts';

/** More events of one person than an hour of tries can hold. */
const recentEvents = 60;

type HistoryRow = Omit<SignInHistory, 'lastSeen'> & {
  lastId: string | null;
  lastAddress: string | null;
  lastAt: string | null;
};

/** Signing in is done often and waited for: one statement to look, one to write. */
export const signInRepository = (db: Database, cipher: FieldCipher) => ({
  /** What is known of a person before this sign-in. */
  historyOf: async (userId: number, device: Buffer): Promise<SignInHistory> => {
    const { rows } = await sql<HistoryRow>`
      SELECT
        EXISTS (SELECT FROM second_factors
          WHERE user_id = ${userId} AND secret IS NOT NULL) AS "secondFactor",
        EXISTS (SELECT FROM known_devices WHERE user_id = ${userId}) AND NOT EXISTS (
          SELECT FROM known_devices
          WHERE user_id = ${userId} AND fingerprint = ${device}) AS "strangeDevice",
        (SELECT count(*) FROM (
          SELECT type, occurred_at FROM security_events
          WHERE user_id = ${userId} ORDER BY id DESC LIMIT ${sql.lit(recentEvents)}) recent
        WHERE type IN ('session.refused', 'second_factor.refused')
          AND occurred_at > now() - interval '1 hour') AS "failures",
        last.id AS "lastId", last.address AS "lastAddress", last.last_used_at AS "lastAt"
      FROM (SELECT) nothing LEFT JOIN LATERAL (
        SELECT id, address, last_used_at FROM sessions
        WHERE user_id = ${userId} ORDER BY last_used_at DESC LIMIT 1) last ON TRUE`.execute(db);
    const [row] = rows as [HistoryRow];
    const { lastId, lastAddress, lastAt, ...history } = row;
    if (lastId === null || lastAddress === null || lastAt === null) return history;
    const address = cipher.open(sessionAddress(lastId), lastAddress);
    return { ...history, lastSeen: { address, at: lastAt } };
  },

  /**
   * Writes a session with its first refresh token, the device and what goes into the security log. Answers
   * how many other sessions of this person are live.
   */
  start: async (
    session: NewSession,
    signIn: { refreshToken: Buffer; device: Buffer; events: NewSecurityEvent[] },
  ): Promise<number> => {
    const { id, userId, method, secondFactor, client, doubtful } = session;
    const { device, address } = sealedSession(cipher, session);
    const events = signIn.events.map(event => sealedEvent(cipher, event));
    const { rows } = await sql<{ others: number }>`
      WITH known AS (
        INSERT INTO known_devices (user_id, fingerprint) VALUES (${userId}, ${signIn.device})
        ON CONFLICT (user_id, fingerprint) DO UPDATE SET last_seen_at = now()
      ), started AS (
        INSERT INTO sessions (id, user_id, method, second_factor, client, device, address,
          authenticated_at, expires_at)
        VALUES (${id}, ${userId}, ${method}, ${secondFactor}, ${client}, ${device}, ${address},
          ${doubtful ? sql`to_timestamp(0)` : sql`now()`},
          now() + make_interval(days => ${sql.lit(sessionDays)}))
      ), token AS (
        INSERT INTO refresh_tokens (digest, session_id) VALUES (${signIn.refreshToken}, ${id})
      ), logged AS (
        INSERT INTO security_events (type, outcome, user_id, actor_id, session_id, request_id,
          address, device, details)
        SELECT type, outcome, user_id, actor_id, session_id, request_id, address, device, details
        FROM jsonb_populate_recordset(NULL::security_events, ${JSON.stringify(events)}::jsonb)
      )
      SELECT count(*) AS others FROM sessions
      WHERE user_id = ${userId} AND ended_at IS NULL AND expires_at > now()`.execute(db);
    return rows[0]?.others ?? 0;
  },
});
