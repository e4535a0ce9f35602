import { sql } from 'kysely';
import type {
  GraphActivity,
  GraphComment,
  GraphCounts,
  GraphMember,
  GraphPerson,
} from '../domain/graph.ts';
import type { Task, TaskStatus } from '../domain/task.ts';
import type { Database } from './database.ts';
import { anyOf } from './expressions.ts';
import { taskColumns } from './task-columns.ts';

/** The parts of many projects or tasks, each kind in one statement. */
export const graphRepository = (db: Database) => ({
  /** Newest tasks of each project, at most `first` of each. */
  tasks: (projectIds: number[], first: number, status?: TaskStatus[]): Promise<Task[]> => {
    let newest = db
      .selectFrom('tasks')
      .select(taskColumns)
      .whereRef('tasks.project_id', '=', sql`wanted.id`)
      .where('deleted_at', 'is', null)
      .orderBy('tasks.id', 'desc')
      .limit(first);
    if (status) newest = newest.where('status', '=', sql<TaskStatus>`any(${status}::text[])`);
    return wanted(db, projectIds)
      .innerJoinLateral(newest.as('own'), join => join.onTrue())
      .selectAll('own')
      .execute();
  },

  members: (projectIds: number[], first: number): Promise<GraphMember[]> => {
    const joined = db
      .selectFrom('project_members')
      .innerJoin('users', 'users.id', 'project_members.user_id')
      .select([
        'project_members.project_id as projectId',
        'users.id as userId',
        'users.full_name as fullName',
        'project_members.role',
      ])
      .whereRef('project_members.project_id', '=', sql`wanted.id`)
      .orderBy('project_members.user_id')
      .limit(first);
    return wanted(db, projectIds)
      .innerJoinLateral(joined.as('own'), join => join.onTrue())
      .selectAll('own')
      .execute();
  },

  activity: (projectIds: number[], first: number): Promise<GraphActivity[]> => {
    const newest = db
      .selectFrom('project_events')
      .select([
        'project_id as projectId',
        'id',
        'type',
        'task_id as taskId',
        'actor_id as actorId',
        'occurred_at as occurredAt',
      ])
      .whereRef('project_events.project_id', '=', sql`wanted.id`)
      .orderBy('id', 'desc')
      .limit(first);
    return wanted(db, projectIds)
      .innerJoinLateral(newest.as('own'), join => join.onTrue())
      .selectAll('own')
      .execute();
  },

  comments: (taskIds: number[], first: number): Promise<GraphComment[]> => {
    const newest = db
      .selectFrom('comments')
      .select([
        'task_id as taskId',
        'id',
        'author_id as authorId',
        'body',
        'created_at as createdAt',
      ])
      .whereRef('comments.task_id', '=', sql`wanted.id`)
      .orderBy('id', 'desc')
      .limit(first);
    return wanted(db, taskIds)
      .innerJoinLateral(newest.as('own'), join => join.onTrue())
      .selectAll('own')
      .execute();
  },

  counts: (projectIds: number[], today: string): Promise<GraphCounts[]> =>
    db
      .selectFrom('tasks')
      .select(['project_id as projectId', 'status'])
      .select([
        sql<number>`count(*)`.as('count'),
        sql<number>`count(*) filter (where due_date < ${today}::date and status <> 'done')`.as(
          'overdue',
        ),
      ])
      .where('project_id', '=', anyOf(projectIds))
      .where('deleted_at', 'is', null)
      .groupBy(['project_id', 'status'])
      .execute(),

  people: (userIds: number[]): Promise<GraphPerson[]> =>
    db
      .selectFrom('users')
      .select(['id', 'full_name as fullName'])
      .where('id', '=', anyOf(userIds))
      .execute(),
});

/** The ids asked for, as rows that each question answers once (a batch instead of a query per id). */
const wanted = (db: Database, ids: number[]) =>
  db.selectFrom(sql<{ id: number }>`unnest(${ids}::bigint[])`.as<'wanted'>(sql`wanted(id)`));
