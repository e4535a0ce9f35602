import { randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
import { freshDatabase } from '../../../dev/test-database.ts';
import { type Database, openDatabase } from '../../src/data/database.ts';
import { person } from './database.ts';
import { serveGateway } from './gateway.ts';
import { sessionFor, type User } from './signed-in.ts';

export type { User } from './signed-in.ts';

export type Answer = { status: number; body: Json; headers: Headers };
// Tests look into answers of every shape; each expectation says what it expects.
export type Json = { [key: string]: Json } & (readonly Json[] | object);

type CallOptions = { token?: string | undefined; headers?: Record<string, string> };

export type Product = {
  url: string;
  db: Database;
  /** A person with a live session, without the detour over mail and password. */
  signedIn(fullName: string): Promise<User>;
  http(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  /** Speaks the callable protocol, as the Firebase SDK does. */
  call(name: string, data: unknown, options?: CallOptions): Promise<Answer>;
};

/** The exported functions on a database of their own, behind one origin, as a client meets them. */
export const serveProduct = async (environment: Record<string, string> = {}): Promise<Product> => {
  const { url: databaseUrl, drop } = await freshDatabase();
  Object.assign(process.env, {
    DATABASE_URL: databaseUrl,
    RATE_LIMIT_PER_MINUTE: '100000',
    FUNCTION_SIGNATURE_TYPE: 'http',
    // What the functions emulator sets for its workers: ID tokens need no signature.
    FUNCTIONS_EMULATOR: 'true',
    FIREBASE_AUTH_EMULATOR_HOST: '127.0.0.1:1',
    FIREBASE_DEBUG_MODE: 'true',
    FIREBASE_DEBUG_FEATURES: JSON.stringify({ skipTokenVerification: true }),
    ...environment,
  });
  const { api, ...rest } = await import('../../src/index.ts');
  const gateway = await serveGateway(api, rest);
  const connectionString = environment['DATABASE_URL'] ?? databaseUrl;
  const db = openDatabase({ connectionString, max: 5 });
  afterAll(async () => {
    await gateway.stop();
    await db.destroy();
    await (await (await import('../../src/entry/wiring/connections.ts')).database()).destroy();
    await drop();
  });
  return {
    url: gateway.url,
    db,
    signedIn: async fullName =>
      sessionFor(db, await person(db, fullName, `${randomUUID()}@example.com`)),
    http: (method, path, body, options) => send(gateway.url + path, method, body, options),
    call: (name, data, options) => send(`${gateway.url}/call/${name}`, 'POST', { data }, options),
  };
};

const send = async (
  url: string,
  method: string,
  body: unknown,
  { token, headers = {} }: CallOptions = {},
): Promise<Answer> => {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: (text === '' ? null : JSON.parse(text)) as Json,
    headers: response.headers,
  };
};
