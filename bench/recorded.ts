import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import type { Database } from '../functions/src/data/database.ts';
import type { Tables } from '../functions/src/data/tables.ts';

/** The statements that some work of ours sends, with their values in place, as another program can send them. */
export const recorded = async (work: (db: Database) => Promise<unknown>): Promise<string[]> => {
  const statements: string[] = [];
  const query = async (text: string, values: unknown[] = []) => {
    statements.push(text.replaceAll(/\$(\d+)/g, (_, place) => literal(values[Number(place) - 1])));
    // Enough of a row for whoever asked to go on.
    return { command: 'SELECT', rowCount: 1, rows: [{ id: 1, projectId: 1, version: 1 }] };
  };
  const pool = { connect: async () => ({ query, release: () => undefined }), end: async () => {} };
  const dialect = new PostgresDialect({ pool: pool as unknown as PostgresPool });
  await work(new Kysely<Tables>({ dialect }));
  return statements;
};

const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value))
    return value.length === 0 ? "'{}'" : `ARRAY[${value.map(literal).join(', ')}]`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // A colon would begin a variable of pgbench.
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(':', '\\x3a')}'`;
};
