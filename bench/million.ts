import { sql } from 'kysely';
import type { Database } from '../functions/src/data/database.ts';

export type Million = { projects: number; tasksPerProject: number };

/**
 * Fills an empty, migrated database with projects of tasks: titles of ordinary words, every state and
 * priority, people, dates around today, points, and a running sprint in each project.
 */
export const seedMillion = async (
  db: Database,
  { projects, tasksPerProject }: Million,
): Promise<void> => {
  await sql`INSERT INTO users (email, full_name, status, email_verified)
    SELECT 'persona' || n || '@example.com', 'Persona ' || n, 'active', TRUE
    FROM generate_series(1, ${projects * 2}::int) n`.execute(db);
  await sql`INSERT INTO projects (name, owner_id)
    SELECT 'Proyecto ' || n, (SELECT min(id) FROM users) + (n - 1)
    FROM generate_series(1, ${projects}::int) n`.execute(db);
  await sql`INSERT INTO project_members (project_id, user_id, role)
    SELECT p.id, p.owner_id + offs, CASE WHEN offs = 0 THEN 'owner' ELSE 'member' END
    FROM projects p CROSS JOIN generate_series(0, 4) offs`.execute(db);
  await sql`INSERT INTO sprints (project_id, name, state, start_date, end_date)
    SELECT id, 'Sprint', 'active', current_date - 6, current_date + 7 FROM projects`.execute(db);
  const { rows } = await sql<{ id: number }>`SELECT id FROM projects ORDER BY id`.execute(db);
  for (let first = 0; first < rows.length; first += 50)
    await addTasks(
      db,
      rows.slice(first, first + 50).map(row => row.id),
      tasksPerProject,
    );
  await sql`VACUUM ANALYZE`.execute(db);
};

const addTasks = async (db: Database, projectIds: number[], perProject: number): Promise<void> => {
  await sql`
    WITH words AS (
      SELECT '{revisar,preparar,enviar,corregir,aprobar,diseñar,probar,publicar}'::text[] AS verbs,
        '{contrato,informe,presupuesto,diseño,página,reunión,campaña,cláusula,migración}'::text[] AS nouns,
        '{cliente,equipo,proveedor,trimestre,lanzamiento,auditoría}'::text[] AS more
    )
    INSERT INTO tasks (project_id, title, status, priority, type, assignee_id, creator_id, due_date,
      story_points, labels, sprint_id, created_at, completed_at)
    SELECT p.id,
      verbs[1 + n % 8] || ' ' || nouns[1 + (n / 8) % 9] || ' del ' || more[1 + (n / 72) % 6] || ' ' || n,
      st.state, (array['low','medium','high','urgent'])[1 + n % 4],
      (array['task','story','bug'])[1 + n % 3],
      CASE WHEN n % 7 = 0 THEN NULL ELSE p.owner_id + n % 5 END, p.owner_id,
      CASE WHEN n % 3 = 0 THEN NULL ELSE current_date + (n % 60) - 30 END,
      n % 9, array['etiqueta' || n % 20],
      CASE WHEN n % 20 = 0 THEN s.id END,
      now() - make_interval(days => n % 40),
      CASE WHEN st.state = 'done' THEN now() - make_interval(days => n % 20) END
    FROM projects p JOIN sprints s ON s.project_id = p.id
    CROSS JOIN generate_series(1, ${perProject}::int) n CROSS JOIN words
    CROSS JOIN LATERAL (SELECT (array['todo','in_progress','blocked','in_review','done','done'])
      [1 + (n * 7) % 6] AS state) st
    WHERE p.id = any(${projectIds}::bigint[])`.execute(db);
};
