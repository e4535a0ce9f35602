import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { exportJWK } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listenHere } from '../../../dev/ports.ts';
import { serveAlone, signedInAccount } from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let genuine: string;
let other: string;
let listener: Server;
let heard = 0;
let listenerUrl: string;

beforeAll(async () => {
  // Without the emulator's flags: there, unsigned Firebase tokens are believed.
  product = await serveAlone({ PMBOT_ENV: 'production' });
  genuine = (await signedInAccount(product)).accessToken;
  other = (await signedInAccount(product)).accessToken;
  listener = createServer((_request, response) => {
    heard++;
    response.end('{"keys":[]}');
  });
  listenerUrl = `http://127.0.0.1:${await listenHere(listener)}/keys`;
});
afterAll(() => {
  listener.close();
});

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const parts = (token: string) => token.split('.') as [string, string, string];
const header = () =>
  JSON.parse(Buffer.from(parts(genuine)[0], 'base64url').toString()) as Record<string, unknown>;

const forgeries = async (): Promise<Record<string, string>> => {
  const [head, body, signature] = parts(genuine);
  const { keys } = (await product.http('GET', '/.well-known/jwks.json')).body as unknown as {
    keys: Record<string, string>[];
  };
  const jwk = keys[0] ?? {};
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  const hs256 = (secret: string | Buffer) => {
    const input = `${encoded({ ...header(), alg: 'HS256' })}.${body}`;
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  };
  const pair = generateKeyPairSync('ed25519');
  const own = await exportJWK(pair.publicKey);
  const selfMade = (extra: object) => {
    const input = `${encoded({ ...header(), alg: 'EdDSA', ...extra })}.${body}`;
    return `${input}.${sign(null, Buffer.from(input), pair.privateKey).toString('base64url')}`;
  };
  const withHeader = (change: object) =>
    `${encoded({ ...header(), ...change })}.${body}.${signature}`;
  return {
    'alg none': `${encoded({ ...header(), alg: 'none' })}.${body}.`,
    'alg None': `${encoded({ ...header(), alg: 'None' })}.${body}.`,
    'alg nOnE': `${encoded({ ...header(), alg: 'nOnE' })}.${body}.`,
    'HS256 with the PEM': hs256(publicKey.export({ type: 'spki', format: 'pem' })),
    'HS256 with the DER': hs256(publicKey.export({ type: 'spki', format: 'der' })),
    'HS256 with the JWK': hs256(JSON.stringify(jwk)),
    'embedded jwk': selfMade({ jwk: own }),
    'jku elsewhere': selfMade({ jku: listenerUrl }),
    'x5u elsewhere': selfMade({ x5u: listenerUrl }),
    'no kid': withHeader({ kid: undefined }),
    'unknown kid': withHeader({ kid: 'nobody' }),
    'path as kid': withHeader({ kid: '../../../../etc/passwd' }),
    'SQL as kid': withHeader({ kid: "' OR 1=1 --" }),
    'long kid': withHeader({ kid: 'k'.repeat(10_000) }),
    'empty signature': `${head}.${body}.`,
    'truncated signature': `${head}.${body}.${signature.slice(0, -10)}`,
    "another token's signature": `${head}.${body}.${parts(other)[2]}`,
    'zero signature': `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`,
    'unknown crit': withHeader({ crit: ['exp2'], exp2: 1 }),
    'a JWE':
      'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA',
    'dots only': '..',
    'no token': 'x',
  };
};

it('refuses every forgery with one answer, and asks nobody about it', async () => {
  const bodies = new Set<string>();
  for (const [name, token] of Object.entries(await forgeries())) {
    const { status, body, headers } = await product.http('GET', '/auth/me', undefined, { token });
    expect(`${name}: ${status}`).toBe(`${name}: 401`);
    expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
    bodies.add(JSON.stringify(Object.assign({}, body, { requestId: '' })));
  }
  expect(bodies.size).toBe(1);
  expect(heard).toBe(0);
});

it('refuses a token of 100 KB without a server error', async () => {
  const token = `${genuine}${'A'.repeat(100_000)}`;
  const { status } = await product.http('GET', '/auth/me', undefined, { token }).catch(() => ({
    // Node answers 431 or closes before our code sees a header of that size.
    status: 431,
  }));
  expect([401, 431]).toContain(status);
});

it('still takes the genuine one', async () => {
  expect((await product.http('GET', '/auth/me', undefined, { token: genuine })).status).toBe(200);
});
