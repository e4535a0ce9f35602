import { beforeAll, expect, it } from 'vitest';
import { serveAlone } from '../support/account.ts';
import { clientId, depart, startGoogle } from '../support/google.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone((await startGoogle()).environment);
});

it('asks for a code with PKCE, fresh state and nonce, and nothing beyond the profile', async () => {
  const seen = { state: new Set(), nonce: new Set(), code_challenge: new Set() };
  for (let turn = 0; turn < 50; turn++) {
    const { url } = await depart(product);
    const query = Object.fromEntries(url.searchParams);
    expect(query).toMatchObject({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: `${process.env['PUBLIC_URL']}/auth/oauth/google/callback`,
      code_challenge_method: 'S256',
      scope: 'openid email profile',
    });
    for (const [name, values] of Object.entries(seen)) {
      const value = query[name] ?? '';
      expect(Buffer.from(value, 'base64url').length).toBeGreaterThanOrEqual(16);
      values.add(value);
    }
  }
  for (const values of Object.values(seen)) expect(values.size).toBe(50);
});

it('binds the way to one browser by a cookie of this host alone', async () => {
  const response = await fetch(`${product.url}/auth/oauth/google`, { redirect: 'manual' });
  const [cookie = ''] = response.headers.getSetCookie();
  expect(cookie).toMatch(/^__Host-sign-in=[\w-]{43}; /);
  for (const part of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax'])
    expect(cookie).toContain(part);
});
