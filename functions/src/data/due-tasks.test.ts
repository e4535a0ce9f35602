import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { person, testDatabase } from '../../test/support/database.ts';
import { dueTaskRepository } from './due-tasks.ts';

const { db } = await testDatabase();

it('finds what is due by the index, however many tasks there are', async () => {
  const ana = await person(db, 'Ana Torres');
  await sql`
    WITH made AS (
      INSERT INTO projects (name, owner_id) SELECT 'P' || n, ${ana} FROM generate_series(1, 400) n
      RETURNING id
    )
    INSERT INTO tasks (project_id, title, creator_id, assignee_id, due_date)
    SELECT made.id, 'x', ${ana}, ${ana}, DATE '2026-01-01' + ((made.id * 50 + n) % 2000)::int
    FROM made, generate_series(1, 50) n`.execute(db);
  await sql`ANALYZE tasks`.execute(db);
  const [from, to] = ['2026-03-01', '2026-03-03'];
  const first = await dueTaskRepository(db).list(from, to, undefined, 20);
  const last = first.at(-1);
  const rest = await dueTaskRepository(db).list(from, to, last, 20);
  expect([first.length, rest.length]).toEqual([20, 10]);
  expect(new Set([...first, ...rest].map(({ taskId }) => taskId)).size).toBe(30);
  const { rows } = await sql<{ 'QUERY PLAN': string }>`
    EXPLAIN SELECT tasks.id FROM tasks JOIN users ON users.id = tasks.assignee_id
    WHERE due_date BETWEEN ${from}::date AND ${to}::date AND deleted_at IS NULL
      AND tasks.status <> 'done' AND assignee_id IS NOT NULL
    ORDER BY due_date, tasks.id LIMIT 20`.execute(db);
  const plan = rows.map(row => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('tasks_due');
  expect(plan).not.toContain('Seq Scan on tasks');
});
