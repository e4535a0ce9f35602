import { beforeAll, expect, it } from 'vitest';
import { type Product, serveProduct, type User } from '../support/product.ts';

let product: Product;
let user: User;

beforeAll(async () => {
  product = await serveProduct();
  user = await product.signedIn('Ana Torres');
});

const me = async () =>
  (await product.http('GET', '/auth/me', undefined, { token: user.accessToken })).body;
const prefer = (notificationPreferences: unknown) =>
  product.http('PATCH', '/auth/me', { notificationPreferences }, { token: user.accessToken });

it('shows what holds, defaults included, and keeps what was not changed', async () => {
  expect((await me())['notificationPreferences']).toMatchObject({
    mail: true,
    push: true,
    quietHours: { from: '22:00', to: '07:00' },
    kinds: { assigned: { inApp: true, mail: true, push: true }, commented: { push: false } },
  });
  const first = await prefer({ kinds: { commented: { push: true } }, quietHours: null });
  expect(first.status).toBe(200);
  await prefer({ kinds: { commented: { mail: false }, due_soon: { inApp: false } } });
  // Other changes of the profile leave them alone.
  const renamed = { fullName: 'Ana Ruiz' };
  await product.http('PATCH', '/auth/me', renamed, { token: user.accessToken });
  expect(await me()).toMatchObject({
    fullName: 'Ana Ruiz',
    notificationPreferences: {
      quietHours: null,
      kinds: {
        commented: { inApp: true, mail: false, push: true },
        due_soon: { inApp: false, mail: true, push: true },
      },
    },
  });
});

it('loses nothing when two devices choose at the same moment', async () => {
  await Promise.all([
    prefer({ kinds: { assigned: { mail: false } } }),
    prefer({ kinds: { assigned: { push: false }, mentioned: { push: false } } }),
    prefer({ quietHours: { from: '23:00', to: '06:00' } }),
  ]);
  expect((await me())['notificationPreferences']).toMatchObject({
    quietHours: { from: '23:00', to: '06:00' },
    kinds: { assigned: { mail: false, push: false }, mentioned: { push: false } },
  });
});

it.each([
  [{ kinds: { everything: { mail: false } } }],
  [{ kinds: { assigned: { sms: true } } }],
  [{ kinds: { assigned: { mail: 'no' } } }],
  [{ quietHours: { from: '25:00', to: '07:00' } }],
  [{ quietHours: { from: '22:00' } }],
  [{ fax: true }],
])('refuses %j', async wrong => {
  const answer = await prefer(wrong);
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body['errors'])).toContain('notificationPreferences');
});
