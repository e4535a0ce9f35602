import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  freshEmail,
  from,
  goodPassword,
  serveAlone,
  signedInAccount,
  textOf,
  verifiedAccount,
} from '../support/account.ts';
import { type Running, startProgram } from '../support/process.ts';
import type { Product } from '../support/product.ts';
import { challengeFor, protectedAccount } from '../support/second-factor.ts';

const perMinute = 100;
const wrong = 'una frase que nadie ha puesto';

let product: Product;
let instances: Running[] = [];
beforeAll(async () => {
  product = await serveAlone({
    TRUSTED_HOPS: '1',
    RATE_LIMIT_PER_MINUTE: String(perMinute),
  });
  const started = [1, 2, 3].map(() => startProgram('bare-server.ts', ['api.auth']));
  instances = await Promise.all(started);
});
afterAll(() => {
  for (const { child } of instances) child.kill();
});

/** An address of its own: Redis is shared with tests that allow theirs many more calls a minute. */
const anyone = () => from({ address: `10.${randomInt(256)}.${randomInt(256)}.${randomInt(255)}` });

/** Asks the instances in turn, as a load balancer would. */
let turn = 0;
const ask = async (
  method: string,
  path: string,
  body?: unknown,
  { token, headers }: { token?: string | undefined; headers: object } = anyone(),
) => {
  const instance = instances[turn++ % instances.length];
  const response = await fetch(`${instance?.url}${path}`, {
    method,
    headers: {
      ...headers,
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
};

const login = (email: string, password: string) => ask('POST', '/auth/login', { email, password });

const together = <T>(times: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: times }, (_, index) => work(index)));

const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status);

describe('three processes that share PostgreSQL and Redis', () => {
  it('compare no more than five of fifty wrong passwords, ten times over', async () => {
    for (let round = 0; round < 10; round++) {
      const email = await verifiedAccount(product, { address: `10.9.${round}.1` });
      await together(50, () => login(email, wrong));
      const { rows } = await sql<{ outcome: string }>`
        SELECT outcome FROM security_events JOIN users ON users.id = user_id
        WHERE email = ${email} AND type = 'session.refused'`.execute(product.db);
      expect(rows.filter(({ outcome }) => outcome === 'failure').length).toBe(5);
      expect((await login(email, goodPassword)).status).toBe(401);
    }
  }, 120_000);

  it('count tries one after the other as one, and begin anew after a success', async () => {
    const email = await verifiedAccount(product, { address: '10.9.20.1' });
    for (let tries = 0; tries < 4; tries++) await login(email, wrong);
    expect((await login(email, goodPassword)).status).toBe(200);
    for (let tries = 0; tries < 5; tries++) await login(email, wrong);
    expect((await login(email, goodPassword)).status).toBe(401);
  });

  it('have one winner of a race on one code of the second factor', async () => {
    const who = { address: '10.9.21.1' };
    const { email, codeFor } = await protectedAccount(product, who);
    const challenges = [];
    for (let count = 0; count < 4; count++)
      challenges.push(await challengeFor(product, email, who));
    const code = codeFor();
    const answers = await Promise.all(
      challenges.map(mfaToken => ask('POST', '/auth/mfa/verify', { mfaToken, code })),
    );
    expect(statuses(answers).filter(status => status === 200)).toHaveLength(1);
  });

  it('give one successor to a refresh token that arrives everywhere at once', async () => {
    for (let round = 0; round < 10; round++) {
      const { refreshToken } = await signedInAccount(product, { address: `10.9.${round}.2` });
      const answers = await together(20, () => ask('POST', '/auth/refresh', { refreshToken }));
      expect(new Set(statuses(answers))).toEqual(new Set([200]));
      const successors = answers.map(({ body }) => textOf(body['refreshToken']));
      expect(new Set(successors).size).toBe(1);
    }
  }, 120_000);

  it('refuse a session everywhere as soon as it has ended in one of them', async () => {
    const { accessToken: token } = await signedInAccount(product, { address: '10.9.30.1' });
    const { headers } = anyone();
    expect((await ask('POST', '/auth/logout', {}, { token, headers })).status).toBe(204);
    const after = await together(3, () => ask('GET', '/auth/me', undefined, { token, headers }));
    expect(statuses(after)).toEqual([401, 401, 401]);
  });

  it('admit no more of a burst of 300 than the limit', async () => {
    const left = 60_000 - (Date.now() % 60_000);
    if (left < 15_000) await pause(left + 100);
    const who = anyone();
    const answers = await together(300, () => ask('GET', '/auth/me', undefined, who));
    const admitted = statuses(answers).filter(status => status !== 429);
    expect(admitted.length).toBeLessThanOrEqual(perMinute);
    expect(new Set(admitted)).toEqual(new Set([401]));
  });

  it('open one account of twenty that are registered at once', async () => {
    const email = freshEmail();
    const body = { email, password: goodPassword, fullName: 'Ana Torres' };
    const answers = await together(20, () => ask('POST', '/auth/register', body));
    expect(new Set(statuses(answers))).toEqual(new Set([201]));
    const rows = product.db.selectFrom('users').select('id').where('email', '=', email);
    expect(await rows.execute()).toHaveLength(1);
  });

  it('know a denied address within ten seconds', async () => {
    const { accessToken, userId } = await signedInAccount(product, { address: '10.9.40.1' });
    await sql`UPDATE users SET is_admin = TRUE WHERE id = ${userId}`.execute(product.db);
    const shut = from({ address: '203.0.113.77' });
    const before = await together(3, () => ask('GET', '/auth/me', undefined, shut));
    expect(statuses(before)).toEqual([401, 401, 401]);
    const rule = { effect: 'deny', range: '203.0.113.77', note: '' };
    const added = await ask('POST', '/auth/admin/address-rules', rule, {
      token: accessToken,
      headers: anyone().headers,
    });
    expect(added.status).toBe(201);
    await pause(10_500);
    const after = await together(3, () => ask('GET', '/auth/me', undefined, shut));
    expect(statuses(after)).toEqual([403, 403, 403]);
  }, 40_000);
});
