import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { codeAt, fromBase32 } from '../../src/adapters/totp/totp.ts';
import {
  freshEmail,
  goodPassword,
  login,
  mailedToken,
  otherPassword,
  register,
  serveAlone,
  sessionOf,
  textOf,
} from '../support/account.ts';
import {
  arrive,
  consent,
  depart,
  type Google,
  gmailPerson,
  startGoogle,
} from '../support/google.ts';
import { capturedLogs } from '../support/logs.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let logs: () => string;
let google: Google;

beforeAll(async () => {
  logs = capturedLogs();
  google = await startGoogle();
  product = await serveAlone(google.environment);
});

const dump = async (): Promise<string> => {
  const { rows } = await sql<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`.execute(product.db);
  const tables = await Promise.all(
    rows.map(({ name }) => sql`SELECT t::text FROM ${sql.table(name)} t`.execute(product.db)),
  );
  return JSON.stringify(tables.map(table => table.rows));
};

const redisDump = async (): Promise<string> => {
  const { redis } = await import('../../src/entry/wiring/connections.ts');
  const store = await redis();
  const keys = await store.keys('*');
  const values = await Promise.all(
    keys.map(async key => ((await store.type(key)) === 'string' ? store.get(key) : '')),
  );
  return JSON.stringify([keys, values]);
};

it('keeps no code of Google and no secret of a webhook', async () => {
  google.become(gmailPerson());
  const departure = await depart(product);
  const query = await consent(departure);
  const waiting = await redisDump();
  const cookie = departure.cookie.split('=')[1] ?? '';
  const secrets = { code: query.get('code') ?? '', state: query.get('state') ?? '', cookie };
  for (const [name, secret] of Object.entries(secrets))
    expect(`${name}: ${secret === '' || waiting.includes(secret)}`).toBe(`${name}: false`);
  const arrived = await arrive(product, query, departure.cookie);
  expect(arrived.status).toBe(200);
  const { projectArea } = await import('../../src/entry/wiring/projects.ts');
  const { userId } = await product.signedIn('Ana Torres');
  const project = { name: 'Base', owner_id: userId };
  const { id } = await product.db
    .insertInto('projects')
    .values(project)
    .returning('id')
    .executeTakeFirstOrThrow();
  const hook = { url: 'https://example.com', events: [], secret: 'whsec-canario-de-prueba' };
  await projectArea(product.db).webhooks.insert(id, userId, hook);
  const kept = `${await dump()}${await redisDump()}${logs()}`;
  for (const secret of [secrets.code, hook.secret]) expect(kept).not.toContain(secret);
});

it('keeps no secret of any flow in the database, in Redis or in a log', async () => {
  const email = freshEmail();
  const secrets: Record<string, string> = { password: goodPassword, other: otherPassword };
  await register(product, email);
  secrets['verify'] = await mailedToken(product, email);
  await product.http('POST', '/auth/verify-email', { token: secrets['verify'] });
  const { accessToken: token, refreshToken } = sessionOf(await login(product, email));
  Object.assign(secrets, { access: token, refresh: refreshToken });
  const renewed = await product.http('POST', '/auth/refresh', { refreshToken });
  secrets['successor'] = textOf(renewed.body['refreshToken']);
  await product.http('POST', '/auth/forgot-password', { email });
  secrets['reset'] = await mailedToken(product, email);
  const next = freshEmail();
  await product.http('POST', '/auth/email-change', { email: next }, { token });
  secrets['undo'] = await mailedToken(product, email);
  secrets['change'] = await mailedToken(product, next);
  const enrolled = await product.http('POST', '/auth/mfa/totp', {}, { token });
  secrets['seed'] = textOf(enrolled.body['secret']);
  const code = codeAt(fromBase32(secrets['seed']), Math.floor(Date.now() / 30_000));
  const confirmed = await product.http('POST', '/auth/mfa/totp/confirm', { code }, { token });
  for (const recovery of confirmed.body['recoveryCodes'] as unknown as string[]) {
    secrets[recovery] = recovery;
    secrets[`${recovery} plain`] = recovery.replaceAll('-', '');
  }
  const halfway = await login(product, email);
  secrets['challenge'] = textOf(halfway.body['mfaToken']);

  const stored = `${await dump()}${await redisDump()}`;
  const logged = logs();
  expect(logged).toContain('http.request');
  for (const [name, secret] of Object.entries(secrets))
    for (const form of [secret, Buffer.from(secret).toString('base64'), hexOf(secret)]) {
      expect(`${name} stored: ${stored.includes(form)}`).toBe(`${name} stored: false`);
      expect(`${name} logged: ${logged.includes(form)}`).toBe(`${name} logged: false`);
    }
  expect(stored.includes(email)).toBe(true);
});

// PostgreSQL shows bytes as hexadecimal: a token kept as raw bytes would look like this.
const hexOf = (secret: string): string => Buffer.from(secret, 'base64url').toString('hex');
