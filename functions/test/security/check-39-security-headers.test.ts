import { type IncomingMessage, request } from 'node:http';
import { beforeAll, expect, it } from 'vitest';
import { serveAlone, signedInAccount } from '../support/account.ts';
import { startGoogle } from '../support/google.ts';
import type { Product } from '../support/product.ts';
import { webSockets } from '../support/websocket-servers.ts';

let product: Product;
let token: string;
const entries = webSockets();
beforeAll(async () => {
  product = await serveAlone({
    ...(await startGoogle()).environment,
    TRUSTED_HOPS: '1',
    RATE_LIMIT_PER_MINUTE: '40',
  });
  token = (await signedInAccount(product, { address: '192.0.2.10' })).accessToken;
});

type Case = { status: number; method?: string; path: string; body?: string; headers?: object };

const json = { 'content-type': 'application/json' };
const cases: Case[] = [
  { status: 200, path: '/auth/me' },
  { status: 204, method: 'POST', path: '/auth/logout', body: '{}', headers: json },
  { status: 302, path: '/auth/oauth/google' },
  { status: 400, method: 'POST', path: '/auth/login', body: '{', headers: json },
  { status: 401, path: '/auth/sessions' },
  { status: 404, path: '/auth/nothing-here' },
  { status: 405, method: 'PUT', path: '/auth/login' },
  { status: 413, method: 'POST', path: '/auth/login', body: 'x'.repeat(1_100_000), headers: json },
  {
    status: 415,
    method: 'POST',
    path: '/auth/login',
    body: 'x',
    headers: { 'content-type': 'text/plain' },
  },
];

const expectSafe = (headers: Headers) => {
  expect(headers.get('strict-transport-security')).toMatch(/max-age=(\d{8,}); includeSubDomains/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('cross-origin-resource-policy')).toMatch(/^same-/);
  for (const name of ['x-powered-by', 'server']) expect(headers.get(name)).toBeNull();
  const type = headers.get('content-type');
  if (type !== null) expect(type).toMatch(/^application\/(problem\+)?json; charset=utf-8$/);
};

const send = ({ method = 'GET', path, body, headers }: Case) =>
  fetch(product.url + path, {
    method,
    redirect: 'manual',
    headers: {
      'x-forwarded-for': '192.0.2.10',
      ...(path === '/auth/sessions' ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });

for (const entry of cases)
  it(`stand on a ${entry.status}`, async () => {
    const response = await send(entry);
    expect(response.status).toBe(entry.status);
    expectSafe(response.headers);
  });

it('stand on a 429', async () => {
  let response = await send({ status: 401, path: '/auth/sessions' });
  for (let count = 0; count < 60 && response.status !== 429; count++)
    response = await send({ status: 401, path: '/auth/sessions' });
  expect(response.status).toBe(429);
  expectSafe(response.headers);
});

it('stand on a preflight', async () => {
  const response = await fetch(`${product.url}/auth/login`, {
    method: 'OPTIONS',
    headers: { origin: 'https://x.test', 'access-control-request-method': 'POST' },
  });
  expect(response.status).toBe(204);
  expectSafe(response.headers);
});

it('stand on a 500, which says nothing of its cause', async () => {
  const path = '/auth/me/consents';
  const { accessToken } = await signedInAccount(product, { address: '192.0.2.77' });
  const { sql } = await import('kysely');
  await sql`ALTER TABLE consents RENAME TO consents_away`.execute(product.db);
  const response = await fetch(product.url + path, {
    headers: { authorization: `Bearer ${accessToken}`, 'x-forwarded-for': '192.0.2.77' },
  });
  await sql`ALTER TABLE consents_away RENAME TO consents`.execute(product.db);
  expect(response.status).toBe(500);
  expectSafe(response.headers);
  expect(await response.text()).not.toMatch(/consents|relation|kysely|node_modules|\.ts/);
});

it('answers TRACE and unlisted verbs with 405 and Allow', async () => {
  const { hostname, port } = new URL(product.url);
  for (const method of ['TRACE', 'PROPFIND']) {
    const headers = { 'x-forwarded-for': '192.0.2.88' };
    const { statusCode, allow } = await new Promise<{ statusCode?: number; allow?: string }>(
      (resolve, reject) => {
        request({ hostname, port, method, path: '/auth/login', headers }, response => {
          response.resume();
          resolve({
            ...(response.statusCode !== undefined && { statusCode: response.statusCode }),
            ...(response.headers.allow !== undefined && { allow: response.headers.allow }),
          });
        })
          .on('error', reject)
          .end();
      },
    );
    expect(statusCode).toBe(405);
    expect(allow).toContain('POST');
  }
});

it('stand on a callable that is asked by another verb, a 405 too', async () => {
  const response = await send({ status: 405, path: '/call/auth/getMe' });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('POST');
  expectSafe(response.headers);
});

const headersOf = (incoming: IncomingMessage): Headers =>
  new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));

it('stand on what the WebSocket entry answers, refused upgrades included', async () => {
  const { webSocketDeps } = await import('../../src/entry/wiring/websocket.ts');
  const { port } = await entries.serve(await webSocketDeps());
  const url = `http://127.0.0.1:${port}`;
  for (const [path, status] of [
    ['/health/live', 200],
    ['/chat/ws', 404],
  ] as const) {
    const response = await fetch(url + path);
    expect(response.status).toBe(status);
    expectSafe(response.headers);
    expect(await response.json()).toHaveProperty(status === 200 ? 'status' : 'requestId');
  }
  for (const authorization of ['Bearer x.y.z', undefined]) {
    const path = authorization === undefined ? '/elsewhere' : '/chat/ws';
    const headers = {
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...(authorization !== undefined && { authorization }),
    };
    const refused = await new Promise<IncomingMessage>((resolve, reject) =>
      request(url + path, { headers }, resolve)
        .on('error', reject)
        .end(),
    );
    refused.resume();
    expect(refused.statusCode).toBe(authorization === undefined ? 404 : 401);
    expectSafe(headersOf(refused));
  }
});
