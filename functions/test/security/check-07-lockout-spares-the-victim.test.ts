import { beforeAll, expect, it } from 'vitest';
import {
  goodPassword,
  lettersTo,
  login,
  mailedToken,
  otherPassword,
  serveAlone,
  sessionOf,
  verifiedAccount,
} from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone({ TRUSTED_HOPS: '1' });
});

const attacker = { address: '203.0.113.66', agent: 'Attack/1' };
const victim = { address: '198.51.100.7', agent: 'Firefox/130 (Linux)' };

const besieged = async () => {
  const email = await verifiedAccount(product, victim);
  const session = sessionOf(await login(product, email, goodPassword, victim));
  for (let tries = 0; tries < 8; tries++)
    await login(product, email, 'una frase que nadie ha puesto', attacker);
  return { email, ...session };
};

it('leaves tokens, refresh and sign-in from the usual device alone', async () => {
  const { email, accessToken, refreshToken } = await besieged();
  const me = await product.http('GET', '/auth/me', undefined, { token: accessToken });
  expect(me.status).toBe(200);
  expect((await product.http('POST', '/auth/refresh', { refreshToken })).status).toBe(200);
  expect((await login(product, email, goodPassword, victim)).status).toBe(200);
  expect((await login(product, email, goodPassword, attacker)).status).toBe(401);
});

it('opens to a new device after a completed reset', async () => {
  const { email } = await besieged();
  await product.http('POST', '/auth/forgot-password', { email });
  const token = await mailedToken(product, email);
  await product.http('POST', '/auth/reset-password', { token, password: otherPassword });
  const phone = { address: '192.0.2.44', agent: 'Phone/2' };
  expect((await login(product, email, otherPassword, phone)).status).toBe(200);
});

it('caps reset mail per account and locks nothing', async () => {
  const email = await verifiedAccount(product, victim);
  const answers = new Set<string>();
  for (let asked = 0; asked < 50; asked++) {
    const { status, body } = await product.http('POST', '/auth/forgot-password', { email });
    answers.add(`${status} ${JSON.stringify(body)}`);
  }
  expect([...answers]).toEqual(['202 {"status":"accepted"}']);
  const resets = (await lettersTo(product, email)).filter(
    letter => letter.subject === 'Cambia tu contraseña',
  );
  expect(resets.length).toBeLessThanOrEqual(5);
  expect((await login(product, email, goodPassword, victim)).status).toBe(200);
});
