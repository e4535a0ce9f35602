import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import {
  freshEmail,
  goodPassword,
  lettersTo,
  login,
  mailedToken,
  otherPassword,
  serveAlone,
  sessionOf,
  signedInAccount,
  verifiedAccount,
} from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

const asked = async (email: string): Promise<string> => {
  await product.http('POST', '/auth/forgot-password', { email });
  return mailedToken(product, email);
};

const redeem = (token: string, password = otherPassword) =>
  product.http('POST', '/auth/reset-password', { token, password });

const age = async (minutes: number) => {
  await product.db
    .updateTable('one_time_tokens')
    .set({ expires_at: sql`expires_at - make_interval(mins => ${minutes})` })
    .execute();
};

it('works after 59 minutes and not after 61', async () => {
  const early = await asked(await verifiedAccount(product));
  await age(59);
  expect((await redeem(early)).status).toBe(204);
  const late = await asked(await verifiedAccount(product));
  await age(61);
  expect((await redeem(late)).status).toBe(400);
});

it('works once, and only the newest', async () => {
  const email = await verifiedAccount(product);
  const older = await asked(email);
  const newer = await asked(email);
  expect((await redeem(older)).status).toBe(400);
  expect((await redeem(newer)).status).toBe(204);
  expect((await redeem(newer)).status).toBe(400);
});

it('has one winner of a race', async () => {
  for (let round = 0; round < 3; round++) {
    const token = await asked(await verifiedAccount(product));
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(token)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  }
}, 60_000);

it('survives a password that breaks the rules', async () => {
  const token = await asked(await verifiedAccount(product));
  expect((await redeem(token, 'demasiado')).status).toBe(400);
  expect((await redeem(token)).status).toBe(204);
});

it('kills every session, the pending e-mail change, and tells the owner', async () => {
  const { email, accessToken } = await signedInAccount(product);
  const others = [];
  for (let count = 0; count < 3; count++) others.push(sessionOf(await login(product, email)));
  const next = freshEmail();
  await product.http('POST', '/auth/email-change', { email: next }, { token: accessToken });
  const change = await mailedToken(product, next);
  const token = await asked(email);
  expect((await redeem(token)).status).toBe(204);
  for (const { refreshToken } of others)
    expect((await product.http('POST', '/auth/refresh', { refreshToken })).status).toBe(401);
  expect((await product.http('GET', '/auth/me', undefined, { token: accessToken })).status).toBe(
    401,
  );
  const confirm = { token: change };
  expect((await product.http('POST', '/auth/email-change/confirm', confirm)).status).toBe(400);
  const subjects = (await lettersTo(product, email)).map(letter => letter.subject);
  expect(subjects).toContain('Tu contraseña cambió');
  expect((await login(product, email, goodPassword)).status).toBe(401);
});
