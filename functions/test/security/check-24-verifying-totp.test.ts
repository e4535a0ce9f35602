import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeAt } from '../../src/adapters/totp/totp.ts';
import { serveAlone } from '../support/account.ts';
import type { Product } from '../support/product.ts';
import {
  answerChallenge,
  challengeFor,
  forgetSteps,
  protectedAccount,
} from '../support/second-factor.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

describe('RFC 6238 appendix B', () => {
  const key = Buffer.from('12345678901234567890');
  const vectors: [number, string][] = [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ];
  for (const [seconds, code] of vectors)
    it(`at ${seconds}`, () => {
      expect(codeAt(key, Math.floor(seconds / 30), 8)).toBe(code);
    });
});

const enter = async (email: string, code: string) =>
  (await answerChallenge(product, await challengeFor(product, email), code)).status;

it('allows a drift of one step and no more', async () => {
  const { email, codeFor } = await protectedAccount(product);
  for (const [drift, status] of [
    [-2, 401],
    [2, 401],
    [-1, 200],
    [0, 200],
    [1, 200],
  ] as const) {
    await forgetSteps(product);
    expect(`${drift}: ${await enter(email, codeFor(drift))}`).toBe(`${drift}: ${status}`);
  }
});

it('takes a step once, and none before one that was used', async () => {
  const { email, codeFor } = await protectedAccount(product);
  const code = codeFor(0);
  expect(await enter(email, code)).toBe(200);
  expect(await enter(email, code)).toBe(401);
  expect(await enter(email, codeFor(-1))).toBe(401);
});

it('has one winner of a race on one code', async () => {
  const { email, codeFor } = await protectedAccount(product);
  const challenges = [];
  for (let count = 0; count < 5; count++) challenges.push(await challengeFor(product, email));
  const code = codeFor();
  const answers = await Promise.all(
    challenges.map(challenge => answerChallenge(product, challenge, code)),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

it('has one winner of a race of twenty on one challenge, whatever was tried before', async () => {
  for (let repeat = 0; repeat < 5; repeat++) {
    const { email, codeFor } = await protectedAccount(product);
    const challenge = await challengeFor(product, email);
    expect((await answerChallenge(product, challenge, '000000')).status).toBe(401);
    const code = codeFor();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => answerChallenge(product, challenge, code)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  }
});

it('cancels challenges after five wrong codes, counted over all of them and in a burst', async () => {
  for (const together of [false, true]) {
    const { email, codeFor } = await protectedAccount(product);
    const [first, second] = [
      await challengeFor(product, email),
      await challengeFor(product, email),
    ];
    const wrong = Array.from({ length: 10 }, (_, index) => (index % 2 ? first : second));
    const tries = wrong.map(challenge => () => answerChallenge(product, challenge, '000000'));
    if (together) await Promise.all(tries.map(attempt => attempt()));
    else for (const attempt of tries) await attempt();
    for (const challenge of [first, second]) {
      const { status } = await answerChallenge(product, challenge, codeFor());
      expect([401, 429]).toContain(status);
    }
    const fresh = await challengeFor(product, email);
    expect((await answerChallenge(product, fresh, codeFor())).status).toBe(429);
  }
});

for (const code of ['１２３４５６', '123 456', '12345', '1234567', 'abcdef'])
  it(`refuses ${JSON.stringify(code)} by its form, at no cost of a try`, async () => {
    const { email } = await protectedAccount(product);
    const challenge = await challengeFor(product, email);
    expect((await answerChallenge(product, challenge, code)).status).toBe(400);
  });

it('keeps a challenge for ten minutes, one account and one purpose', async () => {
  const ana = await protectedAccount(product);
  const luis = await protectedAccount(product);
  const challenge = await challengeFor(product, ana.email);
  expect((await answerChallenge(product, challenge, luis.codeFor())).status).toBe(401);
  const me = await product.http('GET', '/auth/me', undefined, { token: challenge });
  expect(me.status).toBe(401);
  await sql`UPDATE sign_in_challenges SET expires_at = expires_at - interval '10 minutes'`.execute(
    product.db,
  );
  expect((await answerChallenge(product, challenge, ana.codeFor())).status).toBe(401);
});

it('spends no try on a failure of our own', async () => {
  const { email, codeFor } = await protectedAccount(product);
  const challenge = await challengeFor(product, email);
  await sql`ALTER TABLE second_factors RENAME TO second_factors_away`.execute(product.db);
  for (let tries = 0; tries < 6; tries++) await answerChallenge(product, challenge, codeFor());
  await sql`ALTER TABLE second_factors_away RENAME TO second_factors`.execute(product.db);
  expect((await answerChallenge(product, challenge, codeFor())).status).toBe(200);
});
