import { beforeAll, describe, expect, it } from 'vitest';
import { operationLists } from '../src/entry/operation-lists.ts';
import type { AnyOperation } from '../src/platform/operation.ts';
import { overCallable, overHttps } from './support/operation-call.ts';
import { type Answer, type Product, serveProduct, type User } from './support/product.ts';
import { sampleInput } from './support/sample-input.ts';

const lists = await operationLists();
// Health, documentation and keys are for machines that fetch; they have no callable.
const callable = Object.entries(lists)
  .filter(([service]) => service !== 'operations')
  .flatMap(([, operations]) => operations);

/** A project with a task and a member, the same every time but for its ids. */
type World = { owner: User; projectId: number; taskId: number; memberId: number; guest: string };

const samples: Record<string, (world: World) => Record<string, unknown>> = {
  'projects/createProject': () => ({ name: 'Nuevo', methodology: 'kanban' }),
  'projects/getProject': ({ projectId }) => ({ projectId }),
  'projects/listProjects': () => ({ limit: 5 }),
  'projects/updateProject': ({ projectId }) => ({ projectId, name: 'Otro nombre' }),
  'projects/deleteProject': ({ projectId }) => ({ projectId }),
  'projects/getStatus': ({ projectId }) => ({ projectId }),
  'projects/addMember': ({ projectId, guest }) => ({ projectId, email: guest, role: 'viewer' }),
  'projects/listMembers': ({ projectId }) => ({ projectId }),
  'projects/updateMember': ({ projectId, memberId }) => ({
    projectId,
    userId: memberId,
    role: 'viewer',
  }),
  'projects/removeMember': ({ projectId, memberId }) => ({ projectId, userId: memberId }),
  'projects/createTask': ({ projectId, memberId }) => ({
    projectId,
    title: 'Revisar el contrato',
    assigneeId: memberId,
    dueDate: '2026-11-27',
  }),
  'projects/getTask': ({ taskId }) => ({ taskId }),
  'projects/listTasks': ({ projectId }) => ({ projectId, status: ['todo'], limit: 10 }),
  'projects/updateTask': ({ taskId }) => ({ taskId, status: 'done' }),
  'projects/deleteTask': ({ taskId }) => ({ taskId }),
};

/** Written by hand where success matters, else the plainest input of the right form. */
const inputFor = (operation: AnyOperation, world: World): Record<string, unknown> =>
  samples[operation.name]?.(world) ??
  sampleInput(operation.input, {
    projectId: world.projectId,
    taskId: world.taskId,
    userId: world.memberId,
  });

let product: Product;
beforeAll(async () => {
  product = await serveProduct();
});

const makeWorld = async (): Promise<World> => {
  // One after the other: lists are in order of id.
  const owner = await product.signedIn('Olga Dueña');
  const member = await product.signedIn('Marta Miembro');
  const guest = await product.signedIn('Gina Invitada');
  const token = owner.accessToken;
  const project = await product.http('POST', '/projects', { name: 'Paridad' }, { token });
  const projectId = Number(project.body['id']);
  const people = product.db.selectFrom('users').select('email');
  const emailOf = async ({ userId }: User) =>
    (await people.where('id', '=', userId).executeTakeFirstOrThrow()).email;
  await product.http(
    'POST',
    `/projects/${projectId}/members`,
    { email: await emailOf(member), role: 'member' },
    { token },
  );
  const task = await product.http(
    'POST',
    `/projects/${projectId}/tasks`,
    { title: 'Una' },
    { token },
  );
  const taskId = Number(task.body['id']);
  return { owner, projectId, taskId, memberId: member.userId, guest: await emailOf(guest) };
};

const ids = /(?:^id|Id)$/;
const varying = new Set([
  'requestId',
  'fileName',
  'topic',
  'email',
  'cursor',
  'nextCursor',
  'token',
  'nextToken',
  'elapsedMs',
  'otpauthUri',
  'qrSvg',
  'secret',
  'key',
  'url',
]);
const instants = /^\d{4}-\d\d-\d\dT/;

/** Ids, instants and tokens differ between two worlds; everything else must not. */
const comparable = (value: unknown, key = ''): unknown => {
  if (value === null) return null;
  if (ids.test(key) || varying.has(key)) return typeof value;
  if (typeof value === 'string' && instants.test(value)) return 'instant';
  if (Array.isArray(value)) return value.map(item => comparable(item));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, comparable(inner, name)]),
  );
};

// A callable's failure says the same as the problem document, less what HTTP says by itself.
const failure = ({ body }: Answer) => {
  const { type: _type, status: _status, ...rest } = body as Record<string, unknown>;
  return comparable(rest);
};

const outcome = (answer: Answer) => ({
  done: answer.status < 300,
  said: answer.status < 300 ? comparable(answer.body) : failure(answer),
});

const both = (operation: AnyOperation, input: Record<string, unknown>, user?: User) =>
  Promise.all([
    overHttps(product, operation, input, user?.accessToken),
    overCallable(product, operation, input, user?.idToken),
  ]);

describe.each(callable)('$name', operation => {
  it.runIf(operation.access !== 'public')('asks for a sign-in on both transports', async () => {
    const [https, call] = await both(operation, {});
    expect([https.status, call.status]).toEqual([401, 401]);
    expect(failure(call)).toEqual(failure(https));
  });

  it('refuses an unknown field on both transports', async () => {
    const user = await product.signedIn('Una Persona');
    const [https, call] = await both(operation, { isAdmin: true }, user);
    expect([https.status, call.status]).toEqual([400, 400]);
    expect([https.body['code'], call.body['code']]).toEqual([
      'validation_failed',
      'validation_failed',
    ]);
  });

  it('answers the same on both transports', async () => {
    const [one, two] = [await makeWorld(), await makeWorld()];
    const https = await overHttps(
      product,
      operation,
      inputFor(operation, one),
      one.owner.accessToken,
    );
    const call = await overCallable(
      product,
      operation,
      inputFor(operation, two),
      two.owner.idToken,
    );
    expect(https.status).toBeLessThan(operation.name in samples ? 300 : 500);
    expect(outcome(call)).toEqual(outcome(https));
  });
});
