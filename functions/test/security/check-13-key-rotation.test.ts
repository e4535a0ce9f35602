import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { steps } from '../../../dev/rotate-token-keys.ts';
import { accessTokens } from '../../src/adapters/tokens/access-tokens.ts';
import { parseSigningKeys } from '../../src/adapters/tokens/signing-keys.ts';
import { serveAlone, signedInAccount } from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

const newKey = (kid: string) => {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'EdDSA' };
};

const issuer = 'https://pm-bot.example';
const tokensOf = (...keys: object[]) =>
  accessTokens(parseSigningKeys(JSON.stringify({ keys })), issuer);
const proof = {
  userId: 7,
  sessionId: randomUUID(),
  authenticatedAt: Math.floor(Date.now() / 1000),
};

it('publishes public members only, and lets them be cached for minutes', async () => {
  const { body, headers } = await product.http('GET', '/.well-known/jwks.json');
  expect(headers.get('cache-control')).toMatch(/^public, max-age=\d{2,3}$/);
  for (const key of body['keys'] as unknown as object[]) {
    expect(key).toMatchObject({
      use: expect.stringMatching(/^(sig|enc)$/),
      alg: expect.any(String),
      kid: expect.any(String),
    });
    for (const secret of ['d', 'p', 'q', 'k']) expect(key).not.toHaveProperty(secret);
  }
});

it('publishes a key before it signs, and verifies old and new tokens meanwhile', async () => {
  const [old, next] = [newKey('old'), newKey('next')];
  const before = tokensOf(old);
  const announced = tokensOf(old, next);
  const switched = tokensOf(next, old);
  expect(announced.publicKeys().map(({ kid }) => kid)).toEqual(['old', 'next']);
  const oldToken = await announced.sign(proof);
  const newToken = await switched.sign(proof);
  expect(await before.verify(oldToken)).toEqual(proof);
  for (const tokens of [announced, switched])
    for (const token of [oldToken, newToken]) expect(await tokens.verify(token)).toEqual(proof);
});

it('rotates by command without logging anybody out', async () => {
  const set = (keys: object[]) => ({ keys }) as { keys: { kid: string }[] };
  const start = set([newKey('first')]);
  const announced = steps['announce']?.(start) ?? set([]);
  const promoted = steps['promote']?.(announced) ?? set([]);
  const retired = steps['retire']?.(promoted) ?? set([]);
  const oldToken = await tokensOf(...announced.keys).sign(proof);
  expect(await tokensOf(...promoted.keys).verify(oldToken)).toEqual(proof);
  const newToken = await tokensOf(...promoted.keys).sign(proof);
  expect(await tokensOf(...retired.keys).verify(newToken)).toEqual(proof);
  await expect(tokensOf(...retired.keys).verify(oldToken)).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});

it('refuses the tokens of a key that was retired', async () => {
  const [old, next] = [newKey('old'), newKey('next')];
  const token = await tokensOf(old).sign(proof);
  await expect(tokensOf(next).verify(token)).rejects.toMatchObject({ code: 'unauthenticated' });
});

it('does not look anything up for a thousand unknown keys', async () => {
  const { accessToken } = await signedInAccount(product);
  const [head = '', body, signature] = accessToken.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as object;
  const started = performance.now();
  for (let count = 0; count < 1_000; count++) {
    const fake = Buffer.from(JSON.stringify({ ...header, kid: randomUUID() })).toString(
      'base64url',
    );
    const { identify } = await import('../../src/entry/credentials.ts');
    await expect(identify(`Bearer ${fake}.${body}.${signature}`)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});
