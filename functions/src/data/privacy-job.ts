import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Lifts the append-only rule of the logs for the rest of the transaction; for what the law asks for. */
export const asPrivacyJob = (db: Database) =>
  sql`SELECT set_config('pmbot.privacy_job', 'on', true)`.execute(db);
