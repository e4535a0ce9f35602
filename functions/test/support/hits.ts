import { sql } from 'kysely';
import type { Product } from './product.ts';

/** Tables in which a text stands readable, whatever its case. */
export const hits = async ({ db }: Product, needle: string): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`.execute(db);
  const found = await Promise.all(
    rows.map(async ({ name }) => {
      const { rows: matches } = await sql`
        SELECT 1 FROM ${sql.table(name)} t WHERE t::text ILIKE ${`%${needle}%`}`.execute(db);
      return matches.length > 0 ? [name] : [];
    }),
  );
  return found.flat();
};
