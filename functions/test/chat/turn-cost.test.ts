import { subscribe } from 'node:diagnostics_channel';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Product, serveProduct, type User } from '../support/product.ts';

let product: Product;
let ana: User;
let sessionId = '';
const trips = { statements: [] as string[], redis: 0 };

/** Every statement that goes to PostgreSQL and every request that goes to Redis, counted as they leave. */
const countTrips = (): void => {
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
    const [what] = given as [string | { text: string }];
    trips.statements.push(typeof what === 'string' ? what : what.text);
    return (query as (...all: unknown[]) => unknown).apply(this, given);
  } as typeof query;
  const redis = new URL(process.env['UPSTASH_REDIS_REST_URL'] ?? '').port;
  subscribe('http.client.request.start', message => {
    const { request } = message as { request: { getHeader(name: string): unknown } };
    if (String(request.getHeader('host')).endsWith(`:${redis}`)) trips.redis++;
  });
};

const say = async (text: string) => {
  trips.statements.length = 0;
  trips.redis = 0;
  const body = { text, ...(sessionId !== '' && { sessionId }) };
  const answer = await product.http('POST', '/chat/message', body, { token: ana.accessToken });
  expect(answer.status).toBe(200);
  sessionId = String(answer.body['sessionId']);
  return { statements: [...trips.statements], redis: trips.redis };
};

beforeAll(async () => {
  product = await serveProduct();
  ana = await product.signedIn('Ana Torres');
  await product.http('POST', '/projects', { name: 'Web' }, { token: ana.accessToken });
  countTrips();
  await say('hola');
});

/** Statements to PostgreSQL and requests to Redis; the rate limit and the sign-in ask Redis once. */
const costs: [text: string, statements: number, redis: number][] = [
  ['hola', 2, 3],
  ['¿qué tareas tengo?', 4, 3],
  ['crea una tarea para regar, para mañana, sin asignar', 10, 4],
  ['márcala como hecha', 10, 4],
  ['¿cómo va el proyecto?', 5, 7],
  ['¿cómo va el proyecto?', 3, 4],
];

describe('what a turn costs at most', () => {
  it.each(costs)('%s', async (text, statements, redis) => {
    const cost = await say(text);
    expect(cost.statements.slice(statements)).toEqual([]);
    expect(cost.redis).toBeLessThanOrEqual(redis);
  });
});
