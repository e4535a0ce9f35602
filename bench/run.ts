/**
 * `npm run bench [-- read create chat login register cold turns ws]`: runs programs and their floors side by side, in
 * alternation, and prints the ratios as the table that docs/performance.md carries.
 */

import { randomUUID } from 'node:crypto';
import { demoLogin, demoPeople } from '../dev/demo-data.ts';
import { type Child, startBare, startFramework } from './child.ts';
import { coldStart, emptyNode } from './cold-start.ts';
import { type Comparison, type Contender, compare, tableHead, tableRow } from './compare.ts';
import { bareHashes } from './hashes.ts';
import { httpContender, type Load } from './http-load.ts';
import { hasPgbench, pgbenchInserts } from './inserts.ts';
import { measureSockets } from './sockets.ts';
import { measureTurns } from './turns.ts';
import { makeWorld, type World } from './world.ts';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);

type Bench = (world: World) => Promise<Comparison[]>;

/** One load against the framework, as we run it and with its `domain` hook kept, and against a bare server. */
const againstBare = async (
  world: World,
  title: string,
  target: string,
  load: Omit<Load, 'headers'>,
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

const signIn = async (world: World) => {
  const auth = await startBare('api.auth', { env: world.env });
  try {
    return await world.authorization(auth.url);
  } finally {
    await auth.stop();
  }
};

const createBody = { title: 'Revisar el contrato', dueDate: '2026-11-27', priority: 'high' };
const chatBody = { text: '¿cómo va el proyecto?', projectId: 1 };

const benches: Record<string, Bench> = {
  read: world => againstBare(world, 'GET /tasks/{id}', 'api.projects', { path: '/tasks/1' }),

  create: async world => {
    const load = { path: '/projects/1/tasks', method: 'POST', body: createBody } as const;
    const rows = await againstBare(world, 'POST task', 'api.projects', load);
    if (!hasPgbench()) return rows;
    const server = await startBare('api.projects', { env: world.env });
    try {
      const headers = await signIn(world);
      const ours = httpContender('bare', server, { seconds, connections: 10, ...load, headers });
      const floor = await pgbenchInserts(world.stack.services.postgres.url, seconds);
      return [...rows, await compare('POST task, bare node:http', ours, floor, rounds)];
    } finally {
      await server.stop();
    }
  },

  chat: world =>
    againstBare(world, 'POST /chat/message', 'api.chat', {
      path: '/chat/message',
      method: 'POST',
      body: chatBody,
      connections: 20,
    }),

  login: async world => {
    const server = await startFramework('api.auth', { env: world.env });
    const load: Load = {
      path: '/auth/login',
      method: 'POST',
      // An account takes five tries at a time, so several people sign in.
      bodies: demoPeople.map(({ email }) => ({ email, password: demoLogin.password })),
      seconds,
    };
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
  },

  register: async world => {
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
  },

  cold: async world => {
    const rows: Comparison[] = [];
    for (const target of ['api.operations', 'api.projects', 'api.chat', 'api.auth', 'projects'])
      rows.push(
        await compare(`cold start of ${target}`, coldStart(target, world.env), emptyNode, rounds),
      );
    return rows;
  },
};

const main = async (): Promise<void> => {
  const asked = process.argv.slice(2);
  const chosen = asked.length > 0 ? asked : [...Object.keys(benches), 'turns', 'ws'];
  const world = await makeWorld();
  try {
    if (chosen.includes('ws')) console.log((await measureSockets(world)).join('\n'));
    if (chosen.includes('turns')) console.log((await measureTurns(world)).join('\n'));
    const compared = chosen.filter(one => one !== 'ws' && one !== 'turns');
    if (compared.length > 0) console.log(tableHead);
    for (const name of compared) {
      const bench = benches[name];
      if (!bench)
        throw new Error(
          `Unknown: ${name}. There are ${Object.keys(benches).join(', ')}, turns, ws`,
        );
      for (const comparison of await bench(world)) console.log(tableRow(comparison));
    }
  } finally {
    await world.stack.stop();
  }
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
