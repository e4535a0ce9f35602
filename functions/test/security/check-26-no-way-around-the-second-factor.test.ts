import { beforeAll, expect, it } from 'vitest';
import {
  goodPassword,
  login,
  mailedToken,
  otherPassword,
  serveAlone,
  sessionOf,
  signedInAccount,
} from '../support/account.ts';
import { type Google, gmailPerson, signInWithGoogle, startGoogle } from '../support/google.ts';
import type { Product } from '../support/product.ts';
import { answerChallenge, challengeFor, protectedAccount } from '../support/second-factor.ts';

let product: Product;
let google: Google;
beforeAll(async () => {
  google = await startGoogle();
  product = await serveAlone(google.environment);
});

const halfway = { status: 401, body: { code: 'mfa_required', mfaToken: expect.any(String) } };

it('asks for the code after a password reset', async () => {
  const { email } = await protectedAccount(product);
  await product.http('POST', '/auth/forgot-password', { email });
  const reset = { token: await mailedToken(product, email), password: otherPassword };
  expect((await product.http('POST', '/auth/reset-password', reset)).status).toBe(204);
  expect(await login(product, email, otherPassword)).toMatchObject(halfway);
});

it('asks for the code after Google, by browser and by phone', async () => {
  const { accessToken: token } = await protectedAccount(product);
  const person = gmailPerson();
  const idToken = await google.idToken(person);
  const linked = await product.http('POST', '/auth/oauth/google/link', { idToken }, { token });
  expect(linked.status).toBe(204);
  google.become(person);
  expect(await signInWithGoogle(product)).toMatchObject(halfway);
  const phone = await product.http('POST', '/auth/oauth/google', {
    idToken: await google.idToken(person),
  });
  expect(phone).toMatchObject(halfway);
});

it('ends sessions of one factor when the second is turned on', async () => {
  const first = await signedInAccount(product);
  const other = sessionOf(await login(product, first.email));
  const token = first.accessToken;
  const { body } = await product.http('POST', '/auth/mfa/totp', {}, { token });
  const { codeAt, fromBase32 } = await import('../../src/adapters/totp/totp.ts');
  const key = fromBase32((body as unknown as { secret: string }).secret);
  const code = codeAt(key, Math.floor(Date.now() / 30_000));
  await product.http('POST', '/auth/mfa/totp/confirm', { code }, { token });
  const { refreshToken } = other;
  expect((await product.http('POST', '/auth/refresh', { refreshToken })).status).toBe(401);
});

it('lets nobody who began with the old password finish after it was changed', async () => {
  const { email, codeFor, accessToken: token } = await protectedAccount(product);
  const challenge = await challengeFor(product, email);
  const change = { currentPassword: goodPassword, newPassword: otherPassword };
  const changed = await product.http('POST', '/auth/change-password', change, { token });
  expect(changed.status).toBe(204);
  expect((await answerChallenge(product, challenge, codeFor())).status).toBe(401);
});

it('gives nothing for a challenge but a chance to answer it', async () => {
  const { email } = await protectedAccount(product);
  const challenge = await challengeFor(product, email);
  const answer = await login(product, email);
  expect(JSON.stringify(answer.body)).not.toMatch(/accessToken|refreshToken|firebaseToken/);
  for (const name of ['auth/getMe', 'auth/listSessions', 'projects/listProjects'])
    expect((await product.call(name, {}, { token: challenge })).status).toBe(401);
  const refreshed = await product.http('POST', '/auth/refresh', { refreshToken: challenge });
  expect(refreshed.status).toBe(401);
});

it('knows no other way in', async () => {
  const { body } = await product.http('GET', '/openapi.json');
  const paths = Object.entries(body['paths'] as unknown as Record<string, Record<string, object>>);
  const giving = paths.flatMap(([path, verbs]) =>
    Object.entries(verbs)
      .filter(([, operation]) => JSON.stringify(operation).includes('refreshToken'))
      .map(([verb]) => `${verb} ${path}`),
  );
  expect(giving.toSorted((a, b) => a.localeCompare(b))).toEqual([
    'get /auth/oauth/google/callback',
    'post /auth/login',
    'post /auth/mfa/verify',
    'post /auth/oauth/google',
    'post /auth/oauth/google/callback',
    'post /auth/refresh',
  ]);
});
