import { beforeAll, describe, expect, it } from 'vitest';
import { serveAlone, signedInAccount } from '../support/account.ts';
import { consent, depart, gmailPerson, startGoogle } from '../support/google.ts';
import type { Product } from '../support/product.ts';

const listed = 'https://app.example.com';
let product: Product;
let google: Awaited<ReturnType<typeof startGoogle>>;
beforeAll(async () => {
  google = await startGoogle();
  product = await serveAlone({ ...google.environment, ALLOWED_ORIGINS: listed });
});

const strangers = [
  'https://evil.test',
  'null',
  'https://app.example.com.evil.test',
  'https://evilapp.example.com',
  'http://app.example.com',
];

const paths = ['/auth/me', '/auth/login', '/call/auth/login'];

describe('CORS', () => {
  it('echoes the listed origin exactly', async () => {
    for (const path of paths) {
      const response = await fetch(product.url + path, { headers: { origin: listed } });
      expect(response.headers.get('access-control-allow-origin')).toBe(listed);
      expect(response.headers.get('vary')).toContain('Origin');
    }
  });

  for (const origin of strangers)
    it(`gives ${origin} nothing, callables included`, async () => {
      for (const path of paths)
        for (const method of ['GET', 'POST', 'OPTIONS']) {
          const response = await fetch(product.url + path, {
            method,
            headers: { origin, 'access-control-request-method': 'POST' },
          });
          expect(response.headers.get('access-control-allow-origin')).toBeNull();
        }
    });

  it('answers preflights for every verb to the listed origin only', async () => {
    for (const verb of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const response = await fetch(`${product.url}/auth/me`, {
        method: 'OPTIONS',
        headers: { origin: listed, 'access-control-request-method': verb },
      });
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-methods')).toContain(verb);
    }
  });
});

describe('cross-site requests', () => {
  it('change nothing as text or as a form', async () => {
    const { accessToken } = await signedInAccount(product);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
      for (const path of ['/auth/login', '/auth/logout-all', '/auth/oauth/google/callback']) {
        const { status } = await product.http('POST', path, '{"email":"a@b.co"}', {
          token: accessToken,
          headers: { 'content-type': type },
        });
        expect(status).toBe(415);
      }
    const me = await product.http('GET', '/auth/me', undefined, { token: accessToken });
    expect(me.status).toBe(200);
  });

  it('do not get the cookie of a sign-in taken', async () => {
    google.become(gmailPerson());
    const departure = await depart(product);
    const body = Object.fromEntries(await consent(departure));
    const post = (site: string) =>
      product.http('POST', '/auth/oauth/google/callback', body, {
        headers: { cookie: departure.cookie, 'sec-fetch-site': site },
      });
    expect([401, 403]).toContain((await post('cross-site')).status);
  });

  it('find no GET that changes anything', async () => {
    const { accessToken: token } = await signedInAccount(product);
    const { authOperations } = await import('../../src/operations/auth/index.ts');
    const writes = authOperations.filter(({ route }) => !route.startsWith('GET '));
    for (const { route } of writes) {
      const path = route.replace(/^\w+ /, '').replace(/\{\w+\}/g, '1');
      if (authOperations.some(other => other.route === `GET ${path}`)) continue;
      const { status } = await product.http('GET', path, undefined, { token });
      expect(`${route}: ${[400, 404, 405].includes(status)}`).toBe(`${route}: true`);
    }
  });
});
