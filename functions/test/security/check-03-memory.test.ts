import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshEmail, from, goodPassword, serveAlone, verifiedAccount } from '../support/account.ts';
import { type FrameworkServer, startFrameworkServer } from '../support/framework-server.ts';

// What functions/src/index.ts asks for the sign-in function.
const memoryMiB = 512;

let instance: FrameworkServer;
let emails: string[];
beforeAll(async () => {
  const product = await serveAlone({ TRUSTED_HOPS: '1' });
  instance = await startFrameworkServer('api.auth');
  emails = await Promise.all(Array.from({ length: 10 }, () => verifiedAccount(product)));
});
afterAll(() => {
  instance.child.kill();
});

const login = async (email: string) => {
  const address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(255)}`;
  const response = await fetch(`${instance.url}/auth/login`, {
    method: 'POST',
    headers: { ...from({ address }).headers, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: goodPassword }),
  });
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, code, retryAfter: response.headers.get('retry-after') };
};

/** Most memory that the process ever held, by Linux's accounting; none elsewhere. */
const peakMiB = async (): Promise<number> => {
  const file = `/proc/${instance.child.pid}/status`;
  const status = await readFile(file, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
};

it('signs in fifty people at once within the memory of its function', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => login(emails[index % 10] ?? '')),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
  expect(await peakMiB()).toBeLessThan(memoryMiB);
}, 60_000);

it('tells those whom it cannot serve soon when to come back, and lives on', async () => {
  const answers = await Promise.all(Array.from({ length: 300 }, () => login(freshEmail())));
  const away = answers.filter(({ status }) => status === 503);
  expect(away.length).toBeGreaterThan(0);
  for (const answer of away) expect(answer).toMatchObject({ code: 'unavailable', retryAfter: '2' });
  for (const { status } of answers) expect([401, 503]).toContain(status);
  expect(instance.child.exitCode).toBeNull();
  expect((await login(emails[0] ?? '')).status).toBe(200);
  expect(await peakMiB()).toBeLessThan(memoryMiB);
}, 120_000);
