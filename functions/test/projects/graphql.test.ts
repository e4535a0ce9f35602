import { beforeAll, describe, expect, it } from 'vitest';
import { graphRepository } from '../../src/data/graph.ts';
import { projectRepository } from '../../src/data/projects.ts';
import { taskRepository } from '../../src/data/tasks.ts';
import { addDays, dateIn } from '../../src/domain/calendar.ts';
import type { Task } from '../../src/domain/task.ts';
import { queryGraph } from '../../src/operations/graphql/query-graph.ts';
import { callAs, failureOf, sharedDatabase } from '../support/callers.ts';
import { makeTeam, someone, type Team } from '../support/team.ts';

type Answer = {
  data: Record<string, never> | null;
  errors?: { message: string; path: string[] }[];
};

let team: Team;
let taskId = 0;
beforeAll(async () => {
  team = await makeTeam();
  const { projectId, member } = team;
  for (const status of ['todo', 'done', 'done'])
    ({ id: taskId } = await callAs<Task>(member, 'createTask', {
      projectId,
      title: `Tarea ${status}`,
      status,
      assigneeId: member,
    }));
  await callAs(member, 'addComment', { taskId, body: 'Hola' });
});

const ask = (query: string, variables?: object, userId = team.viewer) =>
  callAs<Answer>(userId, 'queryGraph', { query, ...(variables && { variables }) });

describe('the graph', () => {
  it('answers projects, status, members, tasks and activity in one query', async () => {
    const { data } = await ask(`{ projects { name role
      status { total done completionPercent byStatus { status count } }
      members(first: 9) { fullName role }
      tasks(first: 1, status: [done]) { title assignee { fullName } comments { body author { fullName } } }
      activity(first: 1) { type actor { fullName } } } }`);
    expect(data).toMatchObject({
      projects: [
        {
          name: 'Equipo',
          role: 'viewer',
          status: { total: 3, done: 2, completionPercent: 67 },
          members: expect.arrayContaining([{ fullName: 'Olga Dueña', role: 'owner' }]),
          tasks: [
            {
              title: 'Tarea done',
              assignee: { fullName: 'Marta Miembro' },
              comments: [{ body: 'Hola', author: { fullName: 'Marta Miembro' } }],
            },
          ],
          activity: [{ type: 'comment.added', actor: { fullName: 'Marta Miembro' } }],
        },
      ],
    });
  });

  it('counts what is overdue by the day that it is where the project is, as its status does', async () => {
    const dates = [-2, -1, 0, 1, 2].map(days => addDays(dateIn(new Date(), 'UTC'), days));
    for (const timezone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      const { projectId, owner } = await makeTeam({ settings: { timezone } });
      for (const dueDate of dates)
        await callAs(owner, 'createTask', { projectId, title: 'x', dueDate });
      const query = `{ project(id: ${projectId}) { status { overdue } } }`;
      const { overdue } = await callAs<{ overdue: number }>(owner, 'getStatus', { projectId });
      expect((await ask(query, undefined, owner)).data).toEqual({
        project: { status: { overdue } },
      });
    }
  });

  it('shows nothing to those who are no members', async () => {
    const query = 'query ($p: Int!, $t: Int!) { project(id: $p) { name } task(id: $t) { title } }';
    const variables = { p: team.projectId, t: taskId };
    expect((await ask(query, variables, team.outsider)).data).toEqual({
      project: null,
      task: null,
    });
    expect((await ask(query, variables)).data).toMatchObject({ project: { name: 'Equipo' } });
  });

  it.each([
    [
      'deep',
      '{ projects(first: 2) { tasks(first: 2) { comments(first: 2) { author { fullName } } } } }',
      'ok',
    ],
    [
      'too deep',
      `{ projects(first: 1) ${'{ tasks(first: 1) '.repeat(8)} { id } ${'}'.repeat(8)} }`,
      'validation_failed',
    ],
    ['too costly', '{ projects(first: 100) { tasks(first: 100) { title } } }', 'validation_failed'],
    [
      'too costly by aliases',
      `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: projects(first: 100) { name }`).join(' ')} }`,
      'validation_failed',
    ],
    ['not GraphQL', '{ projects ', 'validation_failed'],
    ['of unknown fields', '{ projects { passwordHash } }', 'validation_failed'],
    ['a change', 'mutation { deleteProject(id: 1) }', 'validation_failed'],
    ['a look at the schema', '{ __schema { types { name } } }', 'validation_failed'],
    ['endless', `{ ${'a '.repeat(3_000)} }`, 'validation_failed'],
    [
      'circular',
      'query { ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
      'validation_failed',
    ],
  ])('treats a query that is %s', async (_name, query, expected) => {
    expect(await failureOf(ask(query))).toBe(expected);
  });

  it('counts lists whose length is a variable', async () => {
    const query = 'query ($n: Int!) { projects(first: $n) { tasks(first: $n) { title } } }';
    expect(await failureOf(ask(query, { n: 100 }))).toBe('validation_failed');
    expect(await failureOf(ask(query, { n: 10 }))).toBe('ok');
  });

  it('counts a variable that is left out with its default', async () => {
    const query = 'query ($n: Int = 100) { projects(first: $n) { tasks(first: $n) { title } } }';
    expect(await failureOf(ask(query))).toBe('validation_failed');
    expect(await failureOf(ask(query, { n: 10 }))).toBe('ok');
  });

  it.each(['0', '-5', '101', 'null'])(
    'refuses lists of %s before it reads anything',
    async first => {
      const costly = `{ a: projects(first: ${first}) { id } b: projects(first: 100) { tasks(first: 40) { title } } }`;
      await expect(ask(costly)).rejects.toMatchObject({
        code: 'validation_failed',
        options: { errors: [{ path: 'query', message: { es: '«first» va de 1 a 100.' } }] },
      });
    },
  );

  it('says which variable is not as declared', async () => {
    const query = 'query ($n: Int!) { projects(first: $n) { name } }';
    for (const variables of [{}, { n: 'muchos' }, { n: 1.5 }])
      expect(await failureOf(ask(query, variables))).toBe('validation_failed');
  });

  it('needs a fixed number of statements, however many projects and tasks there are', async () => {
    const db = await sharedDatabase();
    const statements = async (projects: number) => {
      const ana = await someone('Ana Torres');
      for (let index = 0; index < projects; index++) {
        const project = { name: `P${index}` };
        const { id: projectId } = await callAs<{ id: number }>(ana, 'createProject', project);
        const task = { projectId, title: 'x', assigneeId: ana };
        const created = await callAs<Task>(ana, 'createTask', task);
        await callAs(ana, 'addComment', { taskId: created.id, body: 'Hola' });
      }
      let count = 0;
      const counting = <T extends object>(repository: T): T =>
        new Proxy(repository, {
          get: (target, name) => {
            count++;
            return Reflect.get(target, name) as unknown;
          },
        });
      const deps = {
        clock: () => new Date(),
        users: { timezoneOf: async () => 'UTC' },
        projects: counting(projectRepository(db)),
        tasks: counting(taskRepository(db)),
        graph: counting(graphRepository(db)),
      };
      const query = `{ projects { status { total } members(first: 5) { fullName } activity(first: 5) { actor { fullName } }
        tasks(first: 10) { title assignee { fullName } comments(first: 3) { body author { fullName } } } } }`;
      await queryGraph.run(deps, { userId: ana } as never, { query });
      return count;
    };
    const [few, many] = [await statements(2), await statements(9)];
    expect(many).toBe(few);
    expect(few).toBeLessThanOrEqual(9);
  });
});
