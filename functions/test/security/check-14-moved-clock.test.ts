import { beforeAll, expect, it } from 'vitest';
import { serveAlone, signedInAccount, textOf } from '../support/account.ts';
import { movableClock } from '../support/moved-clock.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let clock: Awaited<ReturnType<typeof movableClock>>;
beforeAll(async () => {
  product = await serveAlone();
  clock = await movableClock(product);
});

const day = 86_400;
const refresh = (refreshToken: string) => product.http('POST', '/auth/refresh', { refreshToken });
const me = (token: string) => product.http('GET', '/auth/me', undefined, { token });

it('ends a session seven days after it began, though it was refreshed every day', async () => {
  const session = await signedInAccount(product);
  let last = session.refreshToken;
  for (const seconds of [1, 2, 3, 4, 5, 6].map(days => days * day).concat(7 * day - 60)) {
    await clock.moveTo(seconds);
    const { status, body } = await refresh(last);
    expect(status).toBe(200);
    last = textOf(body['refreshToken']);
    expect((await me(textOf(body['accessToken']))).status).toBe(200);
  }
  await clock.moveTo(7 * day + 1);
  expect((await refresh(last)).status).toBe(401);
});

it('ends an access token after a quarter of an hour and half a minute of leeway', async () => {
  await clock.moveTo(0);
  const { accessToken } = await signedInAccount(product);
  await clock.moveTo(900 + 25);
  expect((await me(accessToken)).status).toBe(200);
  await clock.moveTo(900 + 35);
  expect((await me(accessToken)).status).toBe(401);
});
