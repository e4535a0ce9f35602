import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { serveAlone } from '../support/account.ts';

// Never more than a few rows: what administrators write by hand, and what lasts a quarter of an hour.
const small = ['address_rules.created_by', 'exports.user_id'];

it('finds what refers to a person by an index in every table, whoever is erased or never confirmed', async () => {
  const { db } = await serveAlone();
  const { rows } = await sql<{ name: string }>`
    SELECT referring.conrelid::regclass || '.' || attname AS name
    FROM pg_constraint referring
    JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND confrelid = 'users'::regclass AND NOT EXISTS (
      SELECT FROM pg_index WHERE indrelid = conrelid AND indkey[0] = conkey[1]
        AND (indpred IS NULL
          OR pg_get_expr(indpred, indrelid) = '(' || attname || ' IS NOT NULL)'))
    ORDER BY 1`.execute(db);
  expect(rows.map(({ name }) => name)).toEqual(small);
});
