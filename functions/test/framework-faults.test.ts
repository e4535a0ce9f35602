import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FrameworkServer, startFrameworkServer } from './support/framework-server.ts';
import { type Product, serveProduct, type User } from './support/product.ts';

// The framework runs without domains, so nothing of ours may throw where nobody catches.
let product: Product;
let ana: User;
let projectId = 0;
let server: FrameworkServer;

beforeAll(async () => {
  product = await serveProduct();
  ana = await product.signedIn('Ana Torres');
  const project = { name: 'Averías' };
  const created = await product.http('POST', '/projects', project, { token: ana.accessToken });
  projectId = Number(created.body['id']);
  server = await startFrameworkServer('api.projects', { PUBSUB_EMULATOR_HOST: '127.0.0.1:1' });
});

afterAll(() => {
  server.child.kill('SIGKILL');
});

const headers = () => ({
  authorization: `Bearer ${ana.accessToken}`,
  'content-type': 'application/json',
});
const read = async () =>
  (await fetch(`${server.url}/projects/${projectId}`, { headers: headers() })).status;
const create = async () =>
  (
    await fetch(`${server.url}/projects/${projectId}/tasks`, {
      method: 'POST',
      headers: headers(),
      body: JSON.stringify({ title: 'Revisar la avería' }),
    })
  ).status;

/** What of the process remains: it answers, it never ended, nothing escaped it. */
const state = async () => ({
  answers: await read(),
  ended: server.child.exitCode,
  escaped: /Uncaught exception|Unhandled rejection/.exec(server.output())?.[0],
});
const unharmed = { answers: 200, ended: null, escaped: undefined };

describe('a function on the framework without domains', () => {
  it('survives database connections that are cut under it', async () => {
    const load = Promise.all(
      Array.from({ length: 16 }, async () => {
        const statuses = new Set<number>();
        for (let round = 0; round < 8; round++) statuses.add(await (round % 2 ? create() : read()));
        return [...statuses];
      }),
    );
    for (let cut = 0; cut < 20; cut++) {
      await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
          AND backend_type = 'client backend'`.execute(product.db);
      await wait(40);
    }
    const seen = new Set((await load).flat());
    // A statement whose connection is cut is told as unavailable, or at worst as our mistake; never lost.
    expect([...seen].filter(status => ![200, 201, 500, 503].includes(status))).toEqual([]);
    expect(await state()).toEqual(unharmed);
  });

  it('survives clients that leave in the middle of a body or before the answer', async () => {
    const { port } = new URL(server.url);
    const request = (body: string) =>
      `POST /projects/${projectId}/tasks HTTP/1.1\r\nhost: x\r\nauthorization: ${headers().authorization}\r\ncontent-type: application/json\r\ncontent-length: 40\r\n\r\n${body}`;
    for (const body of ['', '{"title":"a', '{"title":"a"}                           ']) {
      for (let client = 0; client < 10; client++) {
        const socket = connect(Number(port), '127.0.0.1');
        await once(socket, 'connect');
        socket.write(request(body));
        await wait(client);
        socket.resetAndDestroy();
      }
    }
    await wait(300);
    expect(await state()).toEqual(unharmed);
  });

  it('survives a Pub/Sub that is away: the outbox keeps what it could not say', async () => {
    expect(await create()).toBe(201);
    expect(await state()).toEqual(unharmed);
  });

  it('ends with an error when something does escape, so that the platform replaces it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'escape-'));
    await writeFile(
      join(folder, 'index.mjs'),
      `import { leaveDomains } from '${join(import.meta.dirname, '../src/entry/http/domains.ts')}';
      leaveDomains();
      export const escape = (request, response) => {
        if (request.url === '/now') setTimeout(() => { throw new Error('escaped'); });
        response.end();
      };`,
    );
    const careless = await startFrameworkServer('escape', {}, join(folder, 'index.mjs'));
    await fetch(`${careless.url}/now`).catch(() => undefined);
    const [code] = (await once(careless.child, 'exit')) as [number];
    expect(code).not.toBe(0);
    await rm(folder, { recursive: true });
  });
});
