import { beforeAll, expect, it } from 'vitest';
import { fromBase32 } from '../../src/adapters/totp/totp.ts';
import {
  goodPassword,
  lettersTo,
  login,
  serveAlone,
  signedInAccount,
  textOf,
} from '../support/account.ts';
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

const enrol = (token: string) => product.http('POST', '/auth/mfa/totp', {}, { token });

it('shows a secret of 160 bits once, as text, link and picture', async () => {
  const { accessToken } = await signedInAccount(product);
  const { body } = await enrol(accessToken);
  const secret = textOf(body['secret']);
  expect(fromBase32(secret).length * 8).toBeGreaterThanOrEqual(160);
  expect(textOf(body['otpauthUri'])).toMatch(
    new RegExp(`^otpauth://totp/PM-Bot:.*secret=${secret}`),
  );
  expect(textOf(body['qrSvg'])).toMatch(/^<svg.*<\/svg>$/s);
  for (const path of ['/auth/me', '/auth/mfa/totp', '/auth/sessions']) {
    const { body: read } = await product.http('GET', path, undefined, { token: accessToken });
    expect(JSON.stringify(read)).not.toContain(secret);
  }
});

it('asks for no code before the first good one', async () => {
  const { email, accessToken } = await signedInAccount(product);
  await enrol(accessToken);
  expect((await login(product, email)).status).toBe(200);
  const confirm = await product.http(
    'POST',
    '/auth/mfa/totp/confirm',
    { code: '000000' },
    { token: accessToken },
  );
  expect(confirm.status).toBe(401);
  expect((await login(product, email)).status).toBe(200);
});

it('keeps the old factor until the new one is confirmed', async () => {
  const account = await protectedAccount(product);
  await enrol(account.accessToken);
  const mfaToken = await challengeFor(product, account.email);
  expect((await answerChallenge(product, mfaToken, account.codeFor())).status).toBe(200);
});

it('is switched off by password and code only, and tells the owner each time', async () => {
  const { email, accessToken: token, codeFor } = await protectedAccount(product);
  const off = (body: object) => product.http('POST', '/auth/mfa/totp/disable', body, { token });
  expect((await off({ code: codeFor() })).status).not.toBe(204);
  expect((await off({ password: goodPassword })).status).toBe(400);
  expect((await off({ password: goodPassword, code: '000000' })).status).toBe(401);
  await forgetSteps(product);
  expect((await off({ password: goodPassword, code: codeFor() })).status).toBe(204);
  expect((await login(product, email)).status).toBe(200);
  const subjects = (await lettersTo(product, email)).map(({ subject }) => subject);
  expect(subjects).toEqual(
    expect.arrayContaining(['Segundo factor activado', 'Segundo factor desactivado']),
  );
});
