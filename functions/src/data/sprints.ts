import { sql } from 'kysely';
import type { NewSprint, Sprint, SprintChanges, SprintLoad } from '../domain/sprint.ts';
import type { Database } from './database.ts';
import { touched } from './expressions.ts';

const columns = [
  'id',
  'project_id as projectId',
  'name',
  'goal',
  'state',
  'start_date as startDate',
  'end_date as endDate',
  'started_at as startedAt',
  'completed_at as completedAt',
  'committed_points as committedPoints',
  'committed_tasks as committedTasks',
  'completed_points as completedPoints',
  'completed_tasks as completedTasks',
  'version',
] as const;

export const sprintRepository = (db: Database) => ({
  insert: (projectId: number, sprint: NewSprint): Promise<Sprint> =>
    db
      .insertInto('sprints')
      .values({
        project_id: projectId,
        name: sprint.name,
        goal: sprint.goal ?? null,
        start_date: sprint.startDate,
        end_date: sprint.endDate,
      })
      .returning(columns)
      .executeTakeFirstOrThrow(),

  find: (projectId: number, sprintId: number): Promise<Sprint | undefined> =>
    own(db, projectId).where('id', '=', sprintId).executeTakeFirst(),

  /** As `find`, and it can be neither completed nor deleted before the transaction ends. */
  hold: (projectId: number, sprintId: number): Promise<Sprint | undefined> =>
    own(db, projectId).where('id', '=', sprintId).forShare().executeTakeFirst(),

  /** Locks a sprint until the transaction ends. */
  lock: (projectId: number, sprintId: number): Promise<Sprint | undefined> =>
    own(db, projectId).where('id', '=', sprintId).forUpdate().executeTakeFirst(),

  active: (projectId: number): Promise<Sprint | undefined> =>
    own(db, projectId).where('state', '=', 'active').executeTakeFirst(),

  /** Newest first, those before `beforeId`. */
  list: (projectId: number, limit: number, beforeId?: number): Promise<Sprint[]> => {
    let query = own(db, projectId).orderBy('id', 'desc').limit(limit);
    if (beforeId !== undefined) query = query.where('id', '<', beforeId);
    return query.execute();
  },

  /** The last completed sprints, newest first. */
  completed: (projectId: number, limit: number): Promise<Sprint[]> =>
    own(db, projectId)
      .where('state', '=', 'completed')
      .orderBy('completed_at', 'desc')
      .limit(limit)
      .execute(),

  update: (sprintId: number, changes: SprintChanges): Promise<Sprint> =>
    db
      .updateTable('sprints')
      .set({
        ...(changes.name !== undefined && { name: changes.name }),
        ...(changes.goal !== undefined && { goal: changes.goal }),
        ...(changes.startDate !== undefined && { start_date: changes.startDate }),
        ...(changes.endDate !== undefined && { end_date: changes.endDate }),
        ...touched,
      })
      .where('id', '=', sprintId)
      .returning(columns)
      .executeTakeFirstOrThrow(),

  /** Starts a sprint; nothing when another of the project is running. */
  start: async (sprintId: number, load: SprintLoad): Promise<Sprint | undefined> =>
    db
      .updateTable('sprints')
      .set({
        state: 'active',
        started_at: sql`now()`,
        committed_points: load.points,
        committed_tasks: load.tasks,
        ...touched,
      })
      .where('id', '=', sprintId)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('sprints as running')
              .select('running.id')
              .whereRef('running.project_id', '=', 'sprints.project_id')
              .where('running.state', '=', 'active'),
          ),
        ),
      )
      .returning(columns)
      .executeTakeFirst(),

  complete: (sprintId: number, load: SprintLoad): Promise<Sprint> =>
    db
      .updateTable('sprints')
      .set({
        state: 'completed',
        completed_at: sql`now()`,
        completed_points: load.donePoints,
        completed_tasks: load.doneTasks,
        ...touched,
      })
      .where('id', '=', sprintId)
      .returning(columns)
      .executeTakeFirstOrThrow(),

  remove: async (projectId: number, sprintId: number): Promise<void> => {
    await db
      .deleteFrom('sprints')
      .where('project_id', '=', projectId)
      .where('id', '=', sprintId)
      .execute();
  },

  /** What a sprint holds now. */
  load: async (sprintId: number): Promise<SprintLoad> =>
    db
      .selectFrom('tasks')
      .select([
        sql<number>`coalesce(sum(story_points), 0)`.as('points'),
        sql<number>`count(*)`.as('tasks'),
        sql<number>`coalesce(sum(story_points) filter (where status = 'done'), 0)`.as('donePoints'),
        sql<number>`count(*) filter (where status = 'done')`.as('doneTasks'),
      ])
      .where('sprint_id', '=', sprintId)
      .where('deleted_at', 'is', null)
      .executeTakeFirstOrThrow(),

  /** Moves what is not done to another sprint, or to none, and returns the ids and new versions. */
  moveUnfinished: (sprintId: number, toSprintId: number | null): Promise<Replanned[]> =>
    replan(db, sprintId, toSprintId).where('status', '<>', 'done').execute(),

  /** Takes every task out of a sprint and returns their ids and new versions. */
  empty: (sprintId: number): Promise<Replanned[]> => replan(db, sprintId, null).execute(),
});

type Replanned = { taskId: number; version: number };

const replan = (db: Database, sprintId: number, toSprintId: number | null) =>
  db
    .updateTable('tasks')
    .set({ sprint_id: toSprintId, ...touched })
    .where('sprint_id', '=', sprintId)
    .where('deleted_at', 'is', null)
    .returning(['id as taskId', 'version']);

const own = (db: Database, projectId: number) =>
  db.selectFrom('sprints').select(columns).where('project_id', '=', projectId);
