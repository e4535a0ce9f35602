import { beforeAll, expect, it } from 'vitest';
import type { AnyOperation } from '../../src/platform/operation.ts';
import { serveAlone, signedInAccount } from '../support/account.ts';
import { startGoogle } from '../support/google.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let token: string;
beforeAll(async () => {
  product = await serveAlone((await startGoogle()).environment);
  token = (await signedInAccount(product)).accessToken;
});

const inside = /node_modules|\bat \w+ \(|postgres|kysely|redis|SELECT |\/work|\.ts:\d|ECONN/i;

const expectProblem = (body: unknown, text: string) => {
  expect(body).toMatchObject({
    type: expect.any(String),
    title: expect.any(String),
    status: expect.any(Number),
    code: expect.any(String),
    requestId: expect.any(String),
  });
  expect(text).not.toMatch(inside);
};

const failures: [string, string, string?][] = [
  ['POST', '/auth/login', '{"email":'],
  ['POST', '/auth/login', '[]'],
  ['POST', '/auth/login', '"text"'],
  ['POST', '/auth/login', '{"__proto__":{"isAdmin":true}}'],
  ['GET', '/auth/nothing'],
  ['PATCH', '/auth/login', '{}'],
  ['GET', '/auth/sessions?extra=1'],
  ['DELETE', '/auth/sessions/%00'],
];

for (const [method, path, body] of failures)
  it(`has one shape for ${method} ${path} ${body ?? ''}`, async () => {
    const answer = await product.http(method, path, body, { token });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expectProblem(answer.body, JSON.stringify(answer.body));
  });

// A small generator with a seed of its own: a run that fails can be repeated.
const random = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
  return seed / 2 ** 32;
};

const texts = ['', ' ', '\0', "' OR 1=1 --", '../../etc/passwd', '\uD800', '<script>', '%s%n'];
const lookalikes = ['2026-13-45', 'x@y', 'ana@example.com', '00000000-0000-0000-0000-000000000000'];
const things = [null, true, 0, -1, 1e308, [], {}, [[[]]], { $ne: null }];
const nasty: unknown[] = [...texts, ...lookalikes, ...things, 'a'.repeat(5_000), 'ñ🦙', '{{7*7}}'];

it('answers ten thousand generated requests without one server error', {
  timeout: 300_000,
}, async () => {
  const next = random(20_261_123);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const { operationLists } = await import('../../src/entry/operation-lists.ts');
  const operations: AnyOperation[] = Object.values(await operationLists()).flat();
  // Ending the session, or the account, would end the run; hashing ten thousand times would take hours.
  const spared = /logout|DELETE \/auth\/me|DELETE \/auth\/sessions|oauth\/google$|login|register/;
  const routes = operations.filter(({ route }) => !spared.test(route));
  const requests = Array.from({ length: 10_000 }, () => {
    const { route, input } = pick(routes);
    const [method = 'GET', template = '/'] = route.split(' ');
    const path = template.replace(/\{\w+\}/g, () => encodeURIComponent(textual(pick(nasty))));
    const shape = (input as unknown as { shape?: Record<string, unknown> }).shape ?? {};
    const fields = Object.keys(shape).filter(() => next() < 0.8);
    const body = Object.fromEntries(fields.map(name => [name, pick(nasty)]));
    if (next() < 0.1) Object.assign(body, { [textual(pick(nasty))]: pick(nasty) });
    return { method, path, body };
  });
  const workers = Array.from({ length: 8 }, async (_, worker) => {
    const broken: string[] = [];
    for (let index = worker; index < requests.length; index += 8) {
      const { method, path, body } = requests[index] ?? { method: 'GET', path: '/', body: {} };
      const query = new URLSearchParams(
        Object.entries(body).map(([name, value]): [string, string] => [name, textual(value)]),
      );
      const answer =
        method === 'GET'
          ? await product.http(method, `${path}?${query.toString()}`, undefined, { token })
          : await product.http(method, path, body, { token });
      if (answer.status >= 500)
        broken.push(`${answer.status} ${method} ${path} ${JSON.stringify(body).slice(0, 200)}`);
    }
    return broken;
  });
  expect((await Promise.all(workers)).flat().slice(0, 5)).toEqual([]);
});

// A lone surrogate cannot travel in a URL.
const textual = (value: unknown): string =>
  (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed();
