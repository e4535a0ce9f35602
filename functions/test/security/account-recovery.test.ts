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
} from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

it('sets a new password by mail and signs nobody in', async () => {
  const { email, refreshToken } = await signedInAccount(product);
  expect(await product.http('POST', '/auth/forgot-password', { email })).toMatchObject({
    status: 202,
  });
  const token = await mailedToken(product, email);
  const reset = await product.http('POST', '/auth/reset-password', {
    token,
    password: otherPassword,
  });
  expect(reset).toMatchObject({ status: 204, body: null });
  expect((await product.http('POST', '/auth/refresh', { refreshToken })).status).toBe(401);
  expect((await login(product, email)).status).toBe(401);
  expect((await login(product, email, otherPassword)).status).toBe(200);
  expect((await lettersTo(product, email)).map(letter => letter.subject)).toContain(
    'Tu contraseña cambió',
  );
});

it('changes the password of a signed-in person and ends their other sessions only', async () => {
  const { email, accessToken } = await signedInAccount(product);
  const other = sessionOf(await login(product, email));
  const change = { currentPassword: goodPassword, newPassword: otherPassword };
  const wrong = { ...change, currentPassword: 'una frase que no es la mia' };
  const call = (body: object) =>
    product.http('POST', '/auth/change-password', body, { token: accessToken });
  expect(await call(wrong)).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
  expect((await call(change)).status).toBe(204);
  const me = (token: string) => product.http('GET', '/auth/me', undefined, { token });
  expect((await me(accessToken)).status).toBe(200);
  expect((await me(other.accessToken)).status).toBe(401);
  expect((await login(product, email, otherPassword)).status).toBe(200);
});

it('moves an account to another mailbox once that one confirms', async () => {
  const { email, accessToken } = await signedInAccount(product);
  const next = freshEmail();
  const ask = { email: next };
  const asked = await product.http('POST', '/auth/email-change', ask, { token: accessToken });
  expect(asked.status).toBe(202);
  const undo = await mailedToken(product, email);
  const token = await mailedToken(product, next);
  expect((await login(product, next)).status).toBe(401);
  expect((await product.http('POST', '/auth/email-change/confirm', { token })).status).toBe(204);
  expect((await login(product, next)).status).toBe(200);
  expect((await login(product, email)).status).toBe(401);

  const undone = await product.http('POST', '/auth/email-change/undo', { token: undo });
  expect(undone.status).toBe(204);
  expect((await login(product, next)).status).toBe(401);
  expect((await login(product, email)).status).toBe(401);
  const reset = await mailedToken(product, email);
  await product.http('POST', '/auth/reset-password', { token: reset, password: otherPassword });
  expect((await login(product, email, otherPassword)).status).toBe(200);
});

it('shows where a person is signed in and ends what they pick', async () => {
  const { email, accessToken: token } = await signedInAccount(product);
  const other = sessionOf(await login(product, email, goodPassword, { agent: 'Chrome/1 Windows' }));
  const list = await product.http('GET', '/auth/sessions', undefined, { token });
  const items = list.body['items'] as unknown as { id: string; current: boolean; device: string }[];
  expect(Object.fromEntries(items.map(({ device, current }) => [device, current]))).toEqual({
    'Chrome en Windows': false,
    'Firefox en Linux': true,
  });
  const id = items.find(item => !item.current)?.id ?? '';
  expect((await product.http('DELETE', `/auth/sessions/${id}`, undefined, { token })).status).toBe(
    204,
  );
  const me = await product.http('GET', '/auth/me', undefined, { token: other.accessToken });
  expect(me.status).toBe(401);
});

it('changes the profile', async () => {
  const { accessToken: token } = await signedInAccount(product);
  const changed = await product.http(
    'PATCH',
    '/auth/me',
    { timezone: 'America/Bogota', locale: 'en', notificationPreferences: { mail: false } },
    { token },
  );
  expect(changed).toMatchObject({
    status: 200,
    body: { timezone: 'America/Bogota', locale: 'en' },
  });
  const nonsense = { timezone: 'Luna/Tranquilidad' };
  expect((await product.http('PATCH', '/auth/me', nonsense, { token })).status).toBe(400);
});
