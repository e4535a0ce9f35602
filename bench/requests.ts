import { randomUUID } from 'node:crypto';
import { demoLogin, demoPeople } from '../dev/demo-data.ts';
import { type Child, startBare, startFramework } from './child.ts';
import { coldStart, emptyNode } from './cold-start.ts';
import { type Comparison, type Contender, compare } from './compare.ts';
import { bareHashes } from './hashes.ts';
import { httpContender, type Load } from './http-load.ts';
import { creation, hasPgbench, pgbench, statusReport } from './pgbench.ts';
import { rounds, seconds } from './settings.ts';
import type { World } from './world.ts';

type Request = Omit<Load, 'headers'>;

/** One load against the framework, as we run it and with its `domain` hook kept, and against a bare server. */
const againstBare = async (
  world: World,
  title: string,
  target: string,
  load: Request,
): Promise<Comparison[]> => {
  const headers = await signIn(world);
  const options = { env: world.env };
  const servers = await Promise.all([
    startFramework(target, options),
    startFramework(target, { env: { ...world.env, KEEP_DOMAINS: 'true' } }),
    startBare(target, options),
  ]);
  const [framework, withDomains, bare] = servers;
  const contender = (name: string, server: Child): Contender =>
    httpContender(name, server, { seconds, ...load, headers });
  try {
    const floor = contender('bare node:http', bare);
    return [
      await compare(title, contender('framework', framework), floor, rounds),
      await compare(`${title}, domains kept`, contender('domains', withDomains), floor, rounds),
    ];
  } finally {
    await Promise.all(servers.map(server => server.stop()));
  }
};

/** The bare server, of ten clients, against pgbench with the statements that it sends. */
const againstPgbench = async (
  world: World,
  title: string,
  load: Request,
  work: Parameters<typeof pgbench>[1],
): Promise<Comparison[]> => {
  if (!hasPgbench()) return [];
  const server = await startBare('api.projects', { env: world.env });
  try {
    const headers = await signIn(world);
    const ours = httpContender('bare', server, { seconds, connections: 10, ...load, headers });
    const floor = await pgbench(world.stack.services.postgres.url, work);
    return [await compare(`${title}, bare node:http`, ours, floor, rounds)];
  } finally {
    await server.stop();
  }
};

const signIn = async (world: World) => {
  const auth = await startBare('api.auth', { env: world.env });
  try {
    return await world.authorization(auth.url);
  } finally {
    await auth.stop();
  }
};

const newTask: Request = {
  path: '/projects/1/tasks',
  method: 'POST',
  body: { title: 'Revisar el contrato', dueDate: '2026-11-27', priority: 'high' },
};
const status: Request = { path: '/projects/1/status' };
const page: Request = { path: '/projects/1/tasks?limit=50' };
const turn: Request = {
  path: '/chat/message',
  method: 'POST',
  body: { text: '¿cómo va el proyecto?', projectId: 1 },
  connections: 20,
};

const signIns = async (world: World): Promise<Comparison[]> => {
  const server = await startFramework('api.auth', { env: world.env });
  // An account takes five tries at a time, so several people sign in.
  const bodies = demoPeople.map(({ email }) => ({ email, password: demoLogin.password }));
  const load: Load = { path: '/auth/login', method: 'POST', bodies, seconds };
  const at = async (connections: number, hashes: number) => {
    const ours = httpContender('login', server, { ...load, connections });
    const title = `POST /auth/login, ${connections} at a time`;
    return compare(title, ours, await bareHashes(hashes), rounds);
  };
  try {
    return [await at(10, 2), await at(1, 1)];
  } finally {
    await server.stop();
  }
};

const registrations = async (world: World): Promise<Comparison[]> => {
  const server = await startFramework('api.auth', { env: world.env });
  const person = { fullName: 'Ana Torres', password: 'catorce patos cruzan el lago' };
  const load: Load = {
    path: '/auth/register',
    method: 'POST',
    nextBody: () => ({ ...person, email: `${randomUUID()}@example.com` }),
    connections: 10,
    seconds,
  };
  try {
    const ours = httpContender('register', server, load);
    return [await compare('POST /auth/register, 10 at a time', ours, await bareHashes(), rounds)];
  } finally {
    await server.stop();
  }
};

const targets = ['api.operations', 'api.projects', 'api.chat', 'api.auth', 'projects'];

const cold = async (world: World): Promise<Comparison[]> => {
  const rows: Comparison[] = [];
  for (const target of targets)
    rows.push(
      await compare(`cold start of ${target}`, coldStart(target, world.env), emptyNode, rounds),
    );
  return rows;
};

/** Programs beside their floors, by the name that asks for them. */
export const comparisons: Record<string, (world: World) => Promise<Comparison[]>> = {
  read: world => againstBare(world, 'GET /tasks/{id}', 'api.projects', { path: '/tasks/1' }),
  list: world => againstBare(world, 'GET tasks, page of 50', 'api.projects', page),
  status: async world => [
    ...(await againstBare(world, 'GET status, remembered', 'api.projects', status)),
    ...(await againstPgbench(world, 'GET status, remembered', status, statusReport)),
  ],
  // Last of those on this project: it grows.
  create: async world => [
    ...(await againstBare(world, 'POST task', 'api.projects', newTask)),
    ...(await againstPgbench(world, 'POST task', newTask, creation)),
  ],
  chat: world => againstBare(world, 'POST /chat/message', 'api.chat', turn),
  login: signIns,
  register: registrations,
  cold,
};
