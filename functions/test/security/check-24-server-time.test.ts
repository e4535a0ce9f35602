import { beforeAll, expect, it } from 'vitest';
import { serveAlone } from '../support/account.ts';
import { movableClock } from '../support/moved-clock.ts';
import type { Product } from '../support/product.ts';
import {
  answerChallenge,
  challengeFor,
  forgetSteps,
  protectedAccount,
} from '../support/second-factor.ts';

let product: Product;
let clock: Awaited<ReturnType<typeof movableClock>>;
beforeAll(async () => {
  product = await serveAlone();
  clock = await movableClock(product);
});

it('judges a code by the server’s clock alone, one step either way', async () => {
  const { email, codeFor } = await protectedAccount(product);
  const code = codeFor();
  for (const [seconds, status] of [
    [-60, 401],
    [-30, 200],
    [0, 200],
    [30, 200],
    [60, 401],
    [3_600, 401],
  ] as const) {
    await clock.moveTo(seconds);
    await forgetSteps(product);
    const answer = await answerChallenge(product, await challengeFor(product, email), code);
    expect(`${seconds}: ${answer.status}`).toBe(`${seconds}: ${status}`);
  }
});

it('takes no time from the client', async () => {
  await clock.moveTo(0);
  const { email, codeFor } = await protectedAccount(product);
  const [mfaToken, code] = [await challengeFor(product, email), codeFor(-3)];
  const then = new Date(Date.now() - 90_000);
  const headers = { date: then.toUTCString() };
  const dated = await product.http('POST', '/auth/mfa/verify', { mfaToken, code }, { headers });
  expect(dated.status).toBe(401);
  const body = { mfaToken, code, sentAt: then.toISOString() };
  expect((await product.http('POST', '/auth/mfa/verify', body)).status).toBe(400);
});
