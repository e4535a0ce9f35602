import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { person, testDatabase } from '../../test/support/database.ts';
import { projectRepository } from './projects.ts';
import { sprintRepository } from './sprints.ts';
import { statusRepository } from './status.ts';
import { taskRepository } from './tasks.ts';

const { db } = await testDatabase();
const status = statusRepository(db);
const tasks = taskRepository(db);
let ana = 0;
let projectId = 0;

const question = {
  today: '2026-11-24',
  weekEnd: '2026-11-29',
  trendFrom: ['2026-11-22T00:00:00Z', '2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z'],
};

beforeAll(async () => {
  ana = await person(db, 'Ana Torres');
  projectId = (await projectRepository(db).insert(ana, { name: 'Uno' })).id;
});

const dated = async (taskId: number, createdAt: string, completedAt: string | null) => {
  await db
    .updateTable('tasks')
    .set({ created_at: createdAt, completed_at: completedAt })
    .where('id', '=', taskId)
    .execute();
};

describe('statusRepository', () => {
  it('answers an empty project', async () => {
    expect(await status.ask(projectId, question)).toEqual({
      counts: [],
      days: [],
      sprint: { points: 0, tasks: 0, finished: [] },
    });
  });

  it('counts by state and person, days and sprint, and nothing deleted', async () => {
    const sprint = await sprintRepository(db).insert(projectId, {
      name: 'S',
      startDate: '2026-11-23',
      endDate: '2026-11-24',
    });
    const inSprint = { sprintId: sprint.id, storyPoints: 3, assigneeId: ana };
    const done = await tasks.insert(projectId, ana, { title: 'a', status: 'done', ...inSprint });
    await dated(done.id, '2026-11-01T00:00:00Z', '2026-11-23T12:00:00Z');
    const late = await tasks.insert(projectId, ana, {
      title: 'b',
      dueDate: '2026-11-23',
      ...inSprint,
    });
    await dated(late.id, '2026-11-24T00:00:00Z', null);
    const open = await tasks.insert(projectId, ana, { title: 'c', dueDate: '2026-11-29' });
    await dated(open.id, '2026-11-24T00:00:00Z', null);
    const gone = await tasks.insert(projectId, ana, { title: 'd' });
    await tasks.remove(gone.id);
    const answer = await status.ask(projectId, {
      ...question,
      sprint: { id: sprint.id, dayStarts: ['2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z'] },
    });
    const who = { assigneeId: ana, fullName: 'Ana Torres' };
    expect(answer.counts).toHaveLength(3);
    expect(answer.counts).toEqual(
      expect.arrayContaining([
        { status: 'done', ...who, count: 1, overdue: 0, dueThisWeek: 0 },
        { status: 'todo', ...who, count: 1, overdue: 1, dueThisWeek: 0 },
        { status: 'todo', assigneeId: null, fullName: null, count: 1, overdue: 0, dueThisWeek: 1 },
      ]),
    );
    expect(answer.days).toContainEqual({ day: 0, created: 1, completed: 0 });
    expect(answer.days).toContainEqual({ day: 2, created: 0, completed: 1 });
    expect(answer.sprint).toEqual({
      points: 6,
      tasks: 2,
      finished: [{ day: 1, points: 3, tasks: 1 }],
    });
  });

  it('reads the index alone', async () => {
    await sql`VACUUM ANALYZE tasks`.execute(db);
    const rows = await db.connection().execute(async connection => {
      await sql`SET enable_seqscan = off`.execute(connection);
      const plan = await sql<{ 'QUERY PLAN': string }>`
        EXPLAIN SELECT status, assignee_id, due_date, story_points, sprint_id, created_at, completed_at
        FROM tasks WHERE project_id = ${projectId} AND deleted_at IS NULL`.execute(connection);
      await sql`RESET enable_seqscan`.execute(connection);
      return plan.rows;
    });
    expect(rows.map(row => row['QUERY PLAN']).join('\n')).toContain(
      'Index Only Scan using tasks_report',
    );
  });
});
