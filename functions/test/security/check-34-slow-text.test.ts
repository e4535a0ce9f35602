import { beforeAll, describe, expect, it } from 'vitest';
import { longestMessage } from '../../src/conversation/model.ts';
import { type Product, serveProduct, type User } from '../support/product.ts';

let product: Product;
let user: User;
let projectId = 0;
let taskId = 0;

const post = async (path: string, body: unknown) =>
  product.http('POST', path, body, { token: user.accessToken });

beforeAll(async () => {
  product = await serveProduct();
  user = await product.signedIn('Ana Torres');
  projectId = Number((await post('/projects', { name: 'Web' })).body['id']);
  const task = await post(`/projects/${projectId}/tasks`, { title: 'revisar el contrato' });
  taskId = Number(task.body['id']);
});

/** Exactly so many characters of a text that goes on and on, and its end, which spoils a match. */
const filled = (start: string, part: string, size: number, end: string) =>
  start + part.repeat(size).slice(0, Math.max(0, size - start.length - end.length)) + end;

/** Long runs with one character that does not fit, and separators over and over. */
const kinds: [part: string, end: string][] = [
  ['a', '¡'],
  [' ', '¡'],
  ['\n', '¡'],
  ['1', 'x'],
  ['1 ', 'x'],
  ['@', '¡'],
  ['a@', ' '],
  ['a.', '@'],
  ['"', '¡'],
  ['(', '¡'],
  [', ', 'y'],
  [' y ', '?'],
  [' a ', '¡'],
  [' to ', '!'],
  [' para ', '¡'],
  [' de la ', '¡'],
  ['2026-', '¡'],
  ['Ana ', '?'],
  ['á', '\u200B'],
];

/** Time that the process spends on a call: no neighbour on the machine counts. */
const cpu = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user: own, system } = process.cpuUsage(before);
  return (own + system) / 1_000;
};

/** The best of three: the collector and the compiler have their turns as well. */
const best = async (work: () => Promise<unknown>): Promise<number> => {
  const times = [];
  for (let turn = 0; turn < 3; turn++) times.push(await cpu(work));
  return Math.min(...times);
};

/** What takes longer: a power of the length would be hundreds of times as slow; what is below `grace` ms is no attack. */
const slower = async (
  benign: () => Promise<unknown>,
  hostile: [name: string, work: () => Promise<unknown>][],
  { times = 8, grace = 100 } = {},
) => {
  await benign();
  const usual = await best(benign);
  const slow: unknown[] = [];
  for (const [name, work] of hostile) {
    const first = await cpu(work);
    if (first <= Math.max(grace, usual * times)) continue;
    const took = await best(work);
    if (took > Math.max(grace, usual * times)) slow.push({ name, took, usual });
  }
  return slow;
};

const prose = 'Hoy hablamos con el proveedor del sur sobre los precios del cartón. ';

describe('chat', () => {
  const openings = {
    create_task: ['crea una tarea para ', 'create a task to '],
    update_status: ['marca como hecha ', 'mark as done '],
    get_status: ['cómo va ', 'how is it going with '],
    assign_task: ['asigna a Ana la tarea ', 'assign to Ana the task '],
    set_due_date: ['pon para el viernes ', 'move to friday '],
    set_priority: ['pon prioridad alta a ', 'set high priority on '],
    list_tasks: ['muéstrame las tareas de ', 'show me the tasks of '],
    add_comment: ['comenta en revisar el contrato: ', 'comment on revisar el contrato: '],
    delete_task: ['borra la tarea ', 'delete the task '],
    create_project: ['crea un proyecto llamado ', 'create a project called '],
    switch_project: ['cambia al proyecto ', 'switch to the project '],
    add_member: ['agrega al equipo a ', 'add to the team '],
    get_risks: ['qué riesgos hay en ', 'what are the risks of '],
    plan_sprint: ['planea el sprint con ', 'plan the sprint with '],
    none: ['', 'Ana '],
  };
  const say = (text: string) => async () => {
    const { status } = await post('/chat/message', { text, projectId });
    expect(status).toBe(200);
  };
  const ordinary = say(filled('crea una tarea para ', prose, longestMessage, ''));

  it.each(Object.entries(openings))(
    'takes no longer over near misses of %s',
    async (_name, starts) => {
      const texts = starts.flatMap(start =>
        kinds.map(([part, end]) => filled(start, part, longestMessage, end)),
      );
      expect(
        await slower(
          ordinary,
          texts.map(text => [text.slice(0, 40), say(text)]),
        ),
      ).toEqual([]);
    },
    60_000,
  );

  it('refuses 50 KB unread, in a time that does not depend on them', async () => {
    const refuse = (text: string) => async () => {
      const { status, body } = await post('/chat/message', { text, projectId });
      expect([status, body['errors']]).toMatchObject([400, [{ path: 'text' }]]);
    };
    expect(
      await slower(
        refuse(filled('', prose, 50_000, '')),
        kinds.map(([part, end]) => [part, refuse(filled('', part, 50_000, end))]),
        { grace: 50 },
      ),
    ).toEqual([]);
  });

  it('lets others through meanwhile', async () => {
    const hostile = kinds.map(([part, end]) =>
      say(filled('crea una tarea para ', part, longestMessage, end))(),
    );
    const started = performance.now();
    await product.http('GET', `/tasks/${taskId}`, undefined, { token: user.accessToken });
    expect(performance.now() - started).toBeLessThan(2_000);
    await Promise.all(hostile);
  });
});

/** Wherever else a text of a client meets an expression, with the longest that is taken there. */
const places: [name: string, size: number, call: (text: string) => Promise<{ status: number }>][] =
  [
    ['a title', 500, text => post(`/projects/${projectId}/tasks`, { title: text })],
    [
      'a description',
      40_000,
      text => post(`/projects/${projectId}/tasks`, { title: 'x', description: text }),
    ],
    ['a comment', 10_000, text => post(`/tasks/${taskId}/comments`, { body: text })],
    [
      'a name of a person',
      255,
      text => product.http('PATCH', '/auth/me', { fullName: text }, { token: user.accessToken }),
    ],
    ['an address', 50_000, text => post('/auth/login', { email: text, password: 'x' })],
    [
      'an address to invite',
      50_000,
      text => post(`/projects/${projectId}/members`, { email: `${text}@x.es`, role: 'member' }),
    ],
    ['a password', 256, text => post('/auth/login', { email: 'a@example.com', password: text })],
    [
      'a search',
      200,
      text =>
        product.http(
          'GET',
          `/projects/${projectId}/tasks?q=${encodeURIComponent(text)}`,
          undefined,
          { token: user.accessToken },
        ),
    ],
    [
      'a cursor',
      1_000,
      text =>
        product.http(
          'GET',
          `/projects/${projectId}/tasks?cursor=${encodeURIComponent(text)}`,
          undefined,
          { token: user.accessToken },
        ),
    ],
    [
      'an own field',
      2_000,
      text => post(`/projects/${projectId}/tasks`, { title: 'x', customFields: { [text]: text } }),
    ],
    [
      'GraphQL',
      20_000,
      text => post('/graphql', { query: `{ projects { ${text} } }`.slice(0, 20_000) }),
    ],
    [
      'an address for webhooks',
      40_000,
      text => post(`/projects/${projectId}/webhooks`, { url: `https://${text}` }),
    ],
    [
      'a file of lines',
      90_000,
      text =>
        post(`/projects/${projectId}/import`, {
          format: 'csv',
          content: `title,due date\n${text},${text}`,
          dryRun: true,
        }),
    ],
    [
      'a heading of a file',
      90_000,
      text =>
        post(`/projects/${projectId}/import`, {
          format: 'csv',
          content: `title,${text}\nx,y`,
          dryRun: true,
        }),
    ],
    [
      'a file of Jira',
      90_000,
      text =>
        post(`/projects/${projectId}/import`, {
          format: 'jira_csv',
          content: `Summary,Comment,Created\nx,"${text.replaceAll('"', '""')}",${text}`,
          dryRun: true,
        }),
    ],
    [
      'a token',
      8_000,
      text => product.http('GET', '/projects', undefined, { token: encodeURIComponent(text) }),
    ],
    [
      'If-Match',
      8_000,
      text =>
        product.http('GET', '/projects', undefined, {
          token: user.accessToken,
          headers: { 'if-match': encodeURIComponent(text) },
        }),
    ],
  ];

it.each(places)(
  '%s takes no longer when it nearly fits',
  async (_name, size, call) => {
    const withText = (text: string) => async () => {
      expect((await call(text)).status).toBeLessThan(500);
    };
    expect(
      await slower(
        withText(filled('', prose, size, '')),
        kinds.map(([part, end]) => [part, withText(filled('', part, size, end))]),
      ),
    ).toEqual([]);
  },
  60_000,
);
