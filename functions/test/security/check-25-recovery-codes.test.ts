import { beforeAll, expect, it } from 'vitest';
import { lettersTo, serveAlone } from '../support/account.ts';
import type { Product } from '../support/product.ts';
import { answerChallenge, challengeFor, protectedAccount } from '../support/second-factor.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

const enter = async (email: string, code = '') =>
  (await answerChallenge(product, await challengeFor(product, email), code)).status;

it('gives at least eight codes of at least 64 bits', async () => {
  const { codes } = await protectedAccount(product);
  expect(new Set(codes).size).toBeGreaterThanOrEqual(8);
  for (const code of codes) expect(code.replaceAll('-', '').length * 5).toBeGreaterThanOrEqual(64);
});

it('takes each code once, with or without hyphens, and says how many are left', async () => {
  const { email, codes } = await protectedAccount(product);
  expect(await enter(email, codes[0])).toBe(200);
  expect(await enter(email, codes[0])).toBe(401);
  expect(await enter(email, codes[1]?.replaceAll('-', '').toUpperCase())).toBe(200);
  const letters = (await lettersTo(product, email)).map(({ text }) => text).join('\n');
  expect(letters).toContain('Te quedan 9 códigos');
  expect(letters).toContain('Te quedan 8 códigos');
});

it('has one winner of a race', async () => {
  const { email, codes } = await protectedAccount(product);
  const challenges = [];
  for (let count = 0; count < 5; count++) challenges.push(await challengeFor(product, email));
  const answers = await Promise.all(
    challenges.map(challenge => answerChallenge(product, challenge, codes[0] ?? '')),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

it('kills the old set with a new one', async () => {
  const { email, accessToken: token, codes } = await protectedAccount(product);
  const renewed = await product.http('POST', '/auth/mfa/recovery-codes', {}, { token });
  expect(renewed.status).toBe(200);
  const fresh = renewed.body['recoveryCodes'] as unknown as string[];
  expect(await enter(email, codes[2])).toBe(401);
  expect(await enter(email, fresh[0])).toBe(200);
});

it('shares its tries with the authenticator', async () => {
  const { email, codes, codeFor } = await protectedAccount(product);
  const wrong = 'aaaaa-aaaaa-aaaaa-aaaaa-aaaaaa';
  const statuses = new Set<number>();
  for (let tries = 0; tries < 50; tries++) {
    const challenge = tries < 6 ? await challengeFor(product, email) : 'x'.repeat(43);
    statuses.add((await answerChallenge(product, challenge, wrong)).status);
  }
  expect([...statuses].every(status => [401, 429].includes(status))).toBe(true);
  expect(await enter(email, codes[3])).toBe(429);
  expect(await enter(email, codeFor())).toBe(429);
});
