import { beforeAll, describe, expect, it } from 'vitest';
import { person, testDatabase } from '../../test/support/database.ts';
import { type Task, taskPriorities, taskStatuses, taskTypes } from '../domain/task.ts';
import { type TaskFilter, type TaskSort, taskSorts } from '../domain/task-list.ts';
import { projectRepository } from './projects.ts';
import { sprintRepository } from './sprints.ts';
import { taskListRepository } from './task-list.ts';
import { taskRepository } from './tasks.ts';

const { db } = await testDatabase();
const { list } = taskListRepository(db);
let projectId = 0;
let all: Task[] = [];
let people: number[] = [];
let sprints: number[] = [];

/** The same dice in every run (mulberry32). */
const dice = (seed: number) => {
  let state = seed;
  return (sides: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
};
const roll = dice(20_261_126);
const oneOf = <T>(values: readonly T[]): T => values[roll(values.length)] as T;
const sometimes = <T>(value: T): T | undefined => (roll(3) === 0 ? value : undefined);
const day = () => `2026-03-${String(1 + roll(9)).padStart(2, '0')}`;

beforeAll(async () => {
  people = [await person(db, 'Ana Torres'), await person(db, 'Luis Vega')];
  const [ana = 0] = people;
  projectId = (await projectRepository(db).insert(ana, { name: 'Uno' })).id;
  for (const name of ['S1', 'S2']) {
    const dates = { startDate: '2026-03-01', endDate: '2026-03-14' };
    sprints.push((await sprintRepository(db).insert(projectId, { name, ...dates })).id);
  }
  const tasks = taskRepository(db);
  // Few values each, so that many tasks tie and many lack one.
  for (let index = 0; index < 120; index++)
    await tasks.insert(projectId, oneOf(people), {
      title: oneOf(['Contrato', 'contrato', 'Ámbar', 'ambar', 'Zeta']),
      status: oneOf(taskStatuses),
      priority: oneOf(taskPriorities),
      type: oneOf(taskTypes),
      assigneeId: oneOf([...people, null]),
      dueDate: oneOf([day(), null]),
      labels: ['a', 'b', 'c'].filter(() => roll(2) === 0),
      storyPoints: oneOf([null, 1, 2, 3]),
      sprintId: oneOf([...sprints, null]),
      customFields: { 7: oneOf([1, 2, 3, null]) },
    });
  all = (await list(projectId, {}, { sort: 'created', descending: false, limit: 500 })).map(
    ({ task }) => task,
  );
});

type Rule = { filter: TaskFilter; keeps(task: Task): boolean };

/** Filters of every kind, each with what it means in other words. */
const rules: (() => Rule)[] = [
  () => {
    const status = taskStatuses.filter(() => roll(2) === 0);
    return status.length === 0
      ? { filter: {}, keeps: () => true }
      : { filter: { status }, keeps: task => status.includes(task.status) };
  },
  () => {
    const priority = [oneOf(taskPriorities), oneOf(taskPriorities)];
    return { filter: { priority }, keeps: task => priority.includes(task.priority) };
  },
  () => {
    const type = [oneOf(taskTypes), oneOf(taskTypes), oneOf(taskTypes)];
    return { filter: { type }, keeps: task => type.includes(task.type) };
  },
  () => {
    const assigneeId = oneOf(people);
    return { filter: { assigneeId }, keeps: task => task.assigneeId === assigneeId };
  },
  () => ({ filter: { without: ['assigneeId'] }, keeps: task => task.assigneeId === null }),
  () => {
    const assigneeIds = [oneOf(people)];
    return {
      filter: { assigneeIds },
      keeps: ({ assigneeId }) => assigneeId !== null && assigneeIds.includes(assigneeId),
    };
  },
  () => {
    const creatorId = oneOf(people);
    return { filter: { creatorId }, keeps: task => task.creatorId === creatorId };
  },
  () => {
    const sprintId = oneOf(sprints);
    return { filter: { sprintId }, keeps: task => task.sprintId === sprintId };
  },
  () => ({ filter: { without: ['sprintId'] }, keeps: task => task.sprintId === null }),
  () => {
    const labels = [oneOf(['a', 'b', 'c'])];
    return { filter: { labels }, keeps: task => labels.every(one => task.labels.includes(one)) };
  },
  () => {
    const anyLabel = ['a', oneOf(['b', 'c'])];
    return { filter: { anyLabel }, keeps: task => anyLabel.some(one => task.labels.includes(one)) };
  },
  () => {
    const dueBefore = day();
    return {
      filter: { dueBefore },
      keeps: ({ dueDate }) => dueDate !== null && dueDate < dueBefore,
    };
  },
  () => {
    const dueAfter = day();
    return { filter: { dueAfter }, keeps: ({ dueDate }) => dueDate !== null && dueDate > dueAfter };
  },
  () => {
    const minPoints = 1 + roll(3);
    return {
      filter: { minPoints },
      keeps: ({ storyPoints }) => storyPoints !== null && storyPoints >= minPoints,
    };
  },
  () => ({
    filter: { without: ['storyPoints'] },
    keeps: ({ storyPoints }) => storyPoints === null,
  }),
  () => ({
    filter: { customField: { id: 7, from: '2' } },
    keeps: ({ customFields }) => Number(customFields['7'] ?? 0) >= 2,
  }),
  () => ({
    filter: { text: 'contrato' },
    keeps: ({ title }) => title.toLowerCase() === 'contrato',
  }),
];

const orders = taskSorts.flatMap(sort => [true, false].map(descending => ({ sort, descending })));
const byId = (one: number, other: number): number => one - other;
type Order = { sort: TaskSort; descending: boolean };

const pages = async (filter: TaskFilter, order: Order, limit: number): Promise<number[]> => {
  const seen: number[] = [];
  let after: { key: string | number; id: number } | undefined;
  for (;;) {
    const rows = await list(projectId, filter, { ...order, limit, after });
    seen.push(...rows.map(({ task }) => task.id));
    const last = rows.at(-1);
    if (!last || rows.length < limit) return seen;
    after = { key: last.key, id: last.task.id };
  }
};

describe('filters together', () => {
  it('keep exactly the tasks that each of them keeps, in whatever order and pages', async () => {
    for (let round = 0; round < 150; round++) {
      const chosen = rules.flatMap(make => sometimes(make()) ?? []);
      const filters = chosen.map(rule => rule.filter);
      const without = filters.flatMap(filter => filter.without ?? []);
      const filter: TaskFilter = Object.assign({}, ...filters, without.length > 0 && { without });
      const order = orders[round % orders.length] as Order;
      const sorted =
        order.sort === 'relevance' && !filter.text ? { ...order, sort: 'title' as const } : order;
      const expected = all
        .filter(task => chosen.every(rule => rule.keeps(task)))
        .map(({ id }) => id);
      const found = await pages(filter, sorted, 1 + roll(9));
      // The filter and the order are there to be read when it fails.
      expect({ filter, sorted, found: found.toSorted(byId) }).toEqual({
        filter,
        sorted,
        found: expected.toSorted(byId),
      });
    }
  });

  it.each(orders.filter(({ sort }) => sort !== 'relevance'))(
    'page by $sort (descending: $descending) as the whole list is sorted, ties and gaps included',
    async order => {
      const whole = (await list(projectId, {}, { ...order, limit: 500 })).map(
        ({ task }) => task.id,
      );
      expect(whole).toHaveLength(all.length);
      for (const limit of [1, 7, 50]) expect(await pages({}, order, limit)).toEqual(whole);
    },
  );
});
