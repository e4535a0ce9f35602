import { beforeAll, expect, it } from 'vitest';
import { type SignedIn, serveAlone, signedInAccount } from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let ana: SignedIn;

beforeAll(async () => {
  product = await serveAlone();
  ana = await signedInAccount(product);
  // From here on as deployed: the SDK reads these at each call.
  Object.assign(process.env, { FIREBASE_DEBUG_MODE: '', FIREBASE_DEBUG_FEATURES: '{}' });
});

const claims = () => {
  const project = process.env['GCLOUD_PROJECT'];
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: `https://securetoken.google.com/${project}`,
    aud: project,
    sub: String(ana.userId),
    iat: now,
    exp: now + 3600,
  };
};

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

const wrong: Record<string, () => string> = {
  'our own access token': () => ana.accessToken,
  'an unsigned ID token': () => `${part({ alg: 'none', typ: 'JWT' })}.${part(claims())}.`,
  'an ID token with an invented signature': () =>
    `${part({ alg: 'RS256', kid: 'x', typ: 'JWT' })}.${part(claims())}.${Buffer.alloc(256, 1).toString('base64url')}`,
};

for (const [name, make] of Object.entries(wrong))
  it(`refuses ${name}`, async () => {
    const { status } = await product.call('auth/getMe', {}, { token: make() });
    expect(status).toBe(401);
  });
