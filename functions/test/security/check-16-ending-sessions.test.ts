import { beforeAll, expect, it } from 'vitest';
import {
  goodPassword,
  login,
  otherPassword,
  type SignedIn,
  serveAlone,
  sessionOf,
  signedInAccount,
} from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

const sidOf = (token: string): string => {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return (claims as { sid: string }).sid;
};

/** The ID token that Firebase would hold for this session, as the emulator writes it. */
const idTokenOf = ({ userId, accessToken }: SignedIn): string => {
  const project = process.env['GCLOUD_PROJECT'];
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: `https://securetoken.google.com/${project}`,
    aud: project,
    sub: String(userId),
    iat: now,
    exp: now + 3600,
    auth_time: now,
    sid: sidOf(accessToken),
    proved: now,
    until: now + 3600,
  };
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
};

const answers = async (session: SignedIn) => {
  const me = async (token: string) =>
    (await product.http('GET', '/auth/me', undefined, { token })).status;
  const callable = await product.call('auth/getMe', {}, { token: idTokenOf(session) });
  const { refreshToken } = session;
  return {
    access: await me(session.accessToken),
    firebase: await me(idTokenOf(session)),
    callable: callable.status,
    refresh: (await product.http('POST', '/auth/refresh', { refreshToken })).status,
  };
};

const dead = { access: 401, firebase: 401, callable: 401, refresh: 401 };

const endings: Record<string, (session: SignedIn) => Promise<unknown>> = {
  'logging out': ({ accessToken: token }) => product.http('POST', '/auth/logout', {}, { token }),
  'logging out everywhere': ({ accessToken: token }) =>
    product.http('POST', '/auth/logout-all', {}, { token }),
  'changing the password elsewhere': async ({ email }) => {
    const { accessToken: token } = sessionOf(await login(product, email));
    const change = { currentPassword: goodPassword, newPassword: otherPassword };
    return product.http('POST', '/auth/change-password', change, { token });
  },
  'deleting the account': ({ accessToken: token }) =>
    product.http('DELETE', '/auth/me', undefined, { token }),
};

for (const [name, end] of Object.entries(endings))
  it(`kills every token at once by ${name}`, async () => {
    const session = await signedInAccount(product);
    expect({ ...(await answers(session)), refresh: 200 }).toEqual({
      access: 200,
      firebase: 200,
      callable: 200,
      refresh: 200,
    });
    await end(session);
    expect(await answers(session)).toEqual(dead);
  });

it('kills every token at once when an administrator disables the account', async () => {
  const session = await signedInAccount(product);
  const { accessToken: token, userId } = await signedInAccount(product);
  const disable = (status: string) =>
    product.http('PUT', `/auth/admin/users/${session.userId}/status`, { status }, { token });
  expect((await disable('disabled')).status).toBe(403);
  await product.db.updateTable('users').set({ is_admin: true }).where('id', '=', userId).execute();
  expect((await disable('disabled')).status).toBe(204);
  expect(await answers(session)).toEqual(dead);
  expect((await login(product, session.email)).status).toBe(401);
  expect((await disable('active')).status).toBe(204);
  expect((await login(product, session.email)).status).toBe(200);
});

it('stays dead when Redis forgets what it knew', async () => {
  const session = await signedInAccount(product);
  await product.http('POST', '/auth/logout', {}, { token: session.accessToken });
  const { redis } = await import('../../src/entry/wiring/connections.ts');
  const store = await redis();
  await store.del(`session-ended:${sidOf(session.accessToken)}`, 'session-ended:complete');
  expect((await answers(session)).access).toBe(401);
});

it('gives every sign-in a session of its own', async () => {
  const { email, accessToken } = await signedInAccount(product);
  const again = sessionOf(await login(product, email));
  expect(sidOf(again.accessToken)).not.toBe(sidOf(accessToken));
});
