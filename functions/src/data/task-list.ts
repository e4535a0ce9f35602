import { type RawBuilder, sql } from 'kysely';
import type { Task } from '../domain/task.ts';
import type {
  CustomFieldFilter,
  Lackable,
  SortKey,
  TaskFilter,
  TaskPage,
} from '../domain/task-list.ts';
import type { Database } from './database.ts';
import { taskColumns } from './task-columns.ts';

/** A task of a list, with the value that the list is sorted by. */
export type ListedTask = { task: Task; key: SortKey };

export const taskListRepository = (db: Database) => ({
  /** Tasks of a project that pass every filter, from just after `page.after` on. */
  list: async (projectId: number, filter: TaskFilter, page: TaskPage): Promise<ListedTask[]> => {
    const chosen = chosenTasks(db, projectId, filter, page);
    // In order of age the index gives the page itself; for the rest it gives what decides, and only
    // the tasks that come out of it are read.
    const query =
      page.sort === 'created'
        ? chosen.select(taskColumns)
        : db
            .selectFrom(chosen.as('page'))
            .innerJoin('tasks', 'tasks.id', 'page.id')
            .select(taskColumns)
            .select('page.sortKey')
            .orderBy('page.sortKey', directionOf(page))
            .orderBy('page.id', directionOf(page));
    const rows = await query.execute();
    return rows.map(({ sortKey, ...task }) => ({ task, key: sortKey }));
  },
});

const directionOf = ({ descending }: TaskPage) => (descending ? 'desc' : 'asc');

/** Ids of one page, with the value that it is sorted by. */
const chosenTasks = (db: Database, projectId: number, filter: TaskFilter, page: TaskPage) => {
  const { expression, type } = sortings[page.sort](page.descending, filter.text ?? '');
  let query = db
    .selectFrom('tasks')
    .select('tasks.id')
    .select(sql<SortKey>`${expression}`.as('sortKey'))
    .where('tasks.project_id', '=', projectId)
    .where('tasks.deleted_at', filter.deleted ? 'is not' : 'is', null)
    .limit(page.limit);
  for (const condition of conditions(filter)) query = query.where(condition);
  if (page.after) {
    const beyond = sql.raw(page.descending ? '<' : '>');
    query = query.where(
      page.sort === 'created'
        ? sql<boolean>`tasks.id ${beyond} ${page.after.id}`
        : sql<boolean>`(${expression}, tasks.id) ${beyond}
              (${page.after.key}::${sql.raw(type)}, ${page.after.id}::bigint)`,
    );
  }
  if (page.sort !== 'created') query = query.orderBy(expression, directionOf(page));
  return query.orderBy('tasks.id', directionOf(page));
};

type Sorting = { expression: RawBuilder<SortKey>; type: string };
type MakeSorting = (descending: boolean, text: string) => Sorting;

const by = (expression: RawBuilder<SortKey>, type: string): Sorting => ({ expression, type });

// Tasks without a date or estimate come last in either direction.
const farthest = (descending: boolean) => sql.raw(descending ? "'-infinity'" : "'infinity'");

const sortings: Record<TaskPage['sort'], MakeSorting> = {
  created: () => by(sql`tasks.id`, 'bigint'),
  updated: () => by(sql`tasks.updated_at`, 'timestamptz'),
  due: descending => by(sql`coalesce(tasks.due_date, ${farthest(descending)}::date)`, 'date'),
  start: descending => by(sql`coalesce(tasks.start_date, ${farthest(descending)}::date)`, 'date'),
  points: descending =>
    by(sql`coalesce(tasks.story_points, ${sql.raw(descending ? '-1' : '1e6')})`, 'numeric'),
  // Infinite instants have no ISO form.
  completed: descending =>
    by(
      sql`coalesce(tasks.completed_at, ${sql.raw(descending ? "'0001-01-01Z'" : "'9999-12-31Z'")}::timestamptz)`,
      'timestamptz',
    ),
  priority: () =>
    by(sql`array_position('{low,medium,high,urgent}'::text[], tasks.priority::text)`, 'int'),
  status: () =>
    by(
      sql`array_position('{todo,in_progress,blocked,in_review,done}'::text[], tasks.status::text)`,
      'int',
    ),
  // Longer titles would not fit into a cursor; the id decides between equal beginnings.
  title: () => by(sql`left(fold_text(tasks.title), 50) COLLATE "C"`, 'text'),
  relevance: (_, text) =>
    by(
      sql`(1000 * (ts_rank(tasks.search, ${question(text)})
        + word_similarity(fold_text(${text}::text), fold_text(tasks.title))))::int`,
      'int',
    ),
};

const question = (text: string) =>
  sql`websearch_to_tsquery('public.spanish_folded', ${text}::text)`;

/** A word that must not be there: what merely resembles the rest would bring it back. */
const excludes = /(?:^|\s)-\p{L}/u;

type Condition = RawBuilder<boolean>;
type Conditions = {
  [K in keyof TaskFilter]-?: (value: NonNullable<TaskFilter[K]>) => Condition;
};

const among = (column: string, values: string[]): Condition =>
  sql`${sql.ref(`tasks.${column}`)} = any(${values}::text[])`;
const compare =
  (column: string, operator: '<' | '>' | '>=' | '<=' | '=', type: string) =>
  (value: string | number): Condition =>
    sql`${sql.ref(`tasks.${column}`)} ${sql.raw(operator)} ${value}::${sql.raw(type)}`;

const conditionOf: Conditions = {
  deleted: () => sql`true`,
  without: fields =>
    sql.join(
      fields.map(field => absent[field]),
      sql` AND `,
    ),
  status: values => among('status', values),
  priority: values => among('priority', values),
  type: values => among('type', values),
  assigneeId: compare('assignee_id', '=', 'bigint'),
  assigneeIds: ids => sql`tasks.assignee_id = any(${ids}::bigint[])`,
  creatorId: compare('creator_id', '=', 'bigint'),
  sprintId: compare('sprint_id', '=', 'bigint'),
  parentId: compare('parent_id', '=', 'bigint'),
  labels: values => sql`tasks.labels @> ${values}::text[]`,
  anyLabel: values => sql`tasks.labels && ${values}::text[]`,
  dueBefore: compare('due_date', '<', 'date'),
  dueAfter: compare('due_date', '>', 'date'),
  startBefore: compare('start_date', '<', 'date'),
  startAfter: compare('start_date', '>', 'date'),
  createdBefore: compare('created_at', '<', 'timestamptz'),
  createdAfter: compare('created_at', '>', 'timestamptz'),
  updatedBefore: compare('updated_at', '<', 'timestamptz'),
  updatedAfter: compare('updated_at', '>', 'timestamptz'),
  completedBefore: compare('completed_at', '<', 'timestamptz'),
  completedAfter: compare('completed_at', '>', 'timestamptz'),
  minPoints: compare('story_points', '>=', 'numeric'),
  maxPoints: compare('story_points', '<=', 'numeric'),
  watcherId: userId => sql`(tasks.assignee_id = ${userId} OR tasks.creator_id = ${userId}
    OR EXISTS (SELECT FROM task_watchers w WHERE w.task_id = tasks.id AND w.user_id = ${userId}))`,
  followerId: userId =>
    sql`EXISTS (SELECT FROM task_watchers w WHERE w.task_id = tasks.id AND w.user_id = ${userId})`,
  customField: filter => customField(filter),
  // Stems find words, trigrams find misspellings; both indexes begin with the project.
  text: text =>
    excludes.test(text)
      ? sql`tasks.search @@ ${question(text)}`
      : sql`(tasks.search @@ ${question(text)}
    OR fold_text(${text}::text) <% fold_text(tasks.title))`,
};

const absent: Record<Lackable, Condition> = {
  assigneeId: sql`tasks.assignee_id IS NULL`,
  sprintId: sql`tasks.sprint_id IS NULL`,
  parentId: sql`tasks.parent_id IS NULL`,
  dueDate: sql`tasks.due_date IS NULL`,
  storyPoints: sql`tasks.story_points IS NULL`,
};

/** Numbers compare as numbers and dates as dates; a bound that is no number meets no number. */
const customField = ({ id, value, from, to }: CustomFieldFilter): Condition => {
  const text = sql`(tasks.custom_fields ->> ${String(id)}::text)`;
  const bound = (given: string | undefined, operator: '>=' | '<=') => {
    if (given === undefined) return sql<boolean>`true`;
    const holds = sql.raw(operator);
    const isNumber = /^-?\d{1,15}(?:\.\d{1,9})?$/.test(given);
    return sql<boolean>`CASE jsonb_typeof(tasks.custom_fields -> ${String(id)}::text)
      WHEN 'number' THEN ${isNumber ? sql`${text}::numeric ${holds} ${given}::numeric` : sql`false`}
      ELSE ${text} COLLATE "C" ${holds} ${given}::text END`;
  };
  const equal = value === undefined ? sql<boolean>`true` : sql<boolean>`${text} = ${value}::text`;
  return sql<boolean>`(${text} IS NOT NULL AND ${equal} AND ${bound(from, '>=')} AND ${bound(to, '<=')})`;
};

const conditions = (filter: TaskFilter): Condition[] =>
  Object.entries(filter).flatMap(([name, value]) => {
    const key = name as keyof TaskFilter;
    if (value === undefined) return [];
    return (conditionOf[key] as (given: unknown) => Condition)(value);
  });
