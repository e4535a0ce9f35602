import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { listenHere } from '../../../dev/ports.ts';
import {
  freshEmail,
  mailedToken,
  otherPassword,
  register,
  serveAlone,
  signedInAccount,
  verifiedAccount,
} from '../support/account.ts';
import { capturedLogs } from '../support/logs.ts';
import type { Product } from '../support/product.ts';

const leaked = 'cuatro lobos ladran en la colina';
const digestOf = (password: string) =>
  createHash('sha1').update(password).digest('hex').toUpperCase();

type Asked = { path: string; padding: string | undefined };
let asked: Asked[] = [];
let answer: (response: ServerResponse) => void;

/** The range protocol: suffixes of the prefix, padded with entries that count nothing. */
const range = (...entries: [string, number][]) =>
  entries.map(([password, count]) => `${digestOf(password).slice(5)}:${count}`).join('\r\n');

const service = createServer((request, response) => {
  const padding = request.headers['add-padding'];
  asked.push({ path: request.url ?? '', padding: typeof padding === 'string' ? padding : '' });
  answer(response);
});

const logs = capturedLogs();
let product: Product;
beforeAll(async () => {
  const port = await listenHere(service);
  product = await serveAlone({
    BREACHED_PASSWORDS_URL: `http://127.0.0.1:${port}/`,
    // A busy machine must not pass for a service that is away.
    BREACHED_PASSWORDS_WAIT_MS: '20000',
  });
});
afterAll(() => {
  service.close();
  service.closeAllConnections();
});
beforeEach(() => {
  asked = [];
  answer = response => response.end(range([leaked, 7], ['otra frase', 3], [otherPassword, 0]));
});

it('refuses a password known from breaches, whoever registers, and says why', async () => {
  const known = await verifiedAccount(product);
  for (const email of [freshEmail(), known]) {
    const { status, body } = await register(product, email, leaked);
    expect(status).toBe(400);
    expect(body['detail']).toMatch(/filtración/);
    expect(body['errors']).toMatchObject([{ path: 'password' }]);
  }
});

it('tells the service five digits of a hash and nothing else', async () => {
  await register(product, freshEmail(), leaked);
  expect(asked).toEqual([{ path: `/range/${digestOf(leaked).slice(0, 5)}`, padding: 'true' }]);
});

it('takes padding for nothing', async () => {
  expect((await register(product, freshEmail(), otherPassword)).status).toBe(201);
});

it('asks wherever a password is chosen', async () => {
  const { email, accessToken: token } = await signedInAccount(product);
  const change = { currentPassword: 'catorce patos cruzan el lago', newPassword: leaked };
  const changed = await product.http('POST', '/auth/change-password', change, { token });
  expect(changed.body['detail']).toMatch(/filtración/);
  await product.http('POST', '/auth/forgot-password', { email });
  const body = { token: await mailedToken(product, email), password: leaked };
  const reset = await product.http('POST', '/auth/reset-password', body);
  expect(reset.body['detail']).toMatch(/filtración/);
});

it('lets people in while the service is away and says so in the log', async () => {
  const { breachedPasswords } = await import('../../src/adapters/passwords/breached-passwords.ts');
  const { port } = service.address() as AddressInfo;
  const failures: (typeof answer)[] = [
    () => undefined,
    response => response.writeHead(503).end(),
    response => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    response => response.destroy(),
    response => response.end('x'.repeat(600_000)),
  ];
  for (const failure of failures) {
    answer = failure;
    asked = [];
    const isBreached = breachedPasswords(`http://127.0.0.1:${port}`, 300);
    expect(await isBreached(leaked)).toBe(false);
    // It is left alone for a while.
    expect(await isBreached(leaked)).toBe(false);
    expect(asked).toHaveLength(1);
  }
  expect(logs()).toContain('passwords.breaches_unasked');
  expect(logs()).not.toContain(leaked);
});

it('asks nobody unless a service is configured', async () => {
  const { breachedPasswords } = await import('../../src/adapters/passwords/breached-passwords.ts');
  expect(await breachedPasswords(undefined, 300)(leaked)).toBe(false);
  expect(asked).toEqual([]);
});
