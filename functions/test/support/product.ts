import { randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
import { freshDatabase } from '../../../dev/test-database.ts';
import { type Database, openDatabase } from '../../src/data/database.ts';
import { accessTokens, cipher } from '../../src/entry/wiring/tokens.ts';
import { person } from './database.ts';
import { serveGateway } from './gateway.ts';

export type Answer = { status: number; body: Json; headers: Headers };
// Tests look into answers of every shape; each expectation says what it expects.
export type Json = { [key: string]: Json } & (readonly Json[] | object);

export type User = { userId: number; sessionId: string; accessToken: string; idToken: string };

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
    signedIn: fullName => signedIn(db, fullName),
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

const sevenDays = 7 * 24 * 3600;

const signedIn = async (db: Database, fullName: string): Promise<User> => {
  const userId = await person(db, fullName, `${randomUUID()}@example.com`);
  const sessionId = randomUUID();
  const now = Math.floor(Date.now() / 1000);
  await db
    .insertInto('sessions')
    .values({
      id: sessionId,
      user_id: userId,
      method: 'password',
      device: cipher().seal(`sessions.device:${sessionId}`, 'test'),
      address: cipher().seal(`sessions.address:${sessionId}`, '127.0.0.1'),
      expires_at: new Date((now + sevenDays) * 1000).toISOString(),
    })
    .execute();
  const proof = { userId, sessionId, authenticatedAt: now };
  const accessToken = await (await accessTokens()).sign(proof);
  return { userId, sessionId, accessToken, idToken: idTokenOf(proof, now) };
};

/** An ID token as the Auth emulator mints them: right claims, no signature. */
const idTokenOf = (
  {
    userId,
    sessionId,
    authenticatedAt,
  }: { userId: number; sessionId: string; authenticatedAt: number },
  now: number,
): string => {
  const project = process.env['GCLOUD_PROJECT'] ?? '';
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: `https://securetoken.google.com/${project}`,
    aud: project,
    sub: String(userId),
    iat: now,
    exp: now + 3600,
    auth_time: now,
    sid: sessionId,
    proved: authenticatedAt,
    until: now + sevenDays,
    mfa: false,
  };
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
};
