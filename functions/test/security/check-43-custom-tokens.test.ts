import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createLocalJWKSet, exportJWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { firebaseIdTokens } from '../../src/adapters/firebase/id-tokens.ts';
import { login, serveAlone, textOf, verifiedAccount } from '../support/account.ts';
import type { Product } from '../support/product.ts';
import { protectedAccount } from '../support/second-factor.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    uid: string;
    claims: Record<string, unknown>;
  };

describe('custom tokens', () => {
  it('stand for the own full session, with few claims and no role', async () => {
    const email = await verifiedAccount(product);
    const { body } = await login(product, email);
    const token = claimsOf(textOf(body['firebaseToken']));
    expect(token.uid).toBe(String(body['user']?.['id']));
    expect(Object.keys(token.claims).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'mfa',
      'proved',
      'sid',
      'until',
    ]);
    expect(token.claims).toMatchObject({ mfa: false, sid: expect.any(String) });
    expect(JSON.stringify(token.claims).length).toBeLessThan(300);
  });

  it('are never made before the second factor', async () => {
    const { email } = await protectedAccount(product);
    expect((await login(product, email)).body).not.toHaveProperty('firebaseToken');
  });
});

describe('Firebase ID tokens, checked without any emulator flag', () => {
  const projectId = 'demo-pm-bot';
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const now = Math.floor(Date.now() / 1000);
  const right = {
    iss: `https://securetoken.google.com/${projectId}`,
    aud: projectId,
    sub: '7',
    iat: now - 5,
    exp: now + 3600,
    sid: randomUUID(),
    proved: now - 5,
    until: now + 86_400,
  };
  const signed = (change: object = {}, key = pair.privateKey) =>
    new SignJWT({ ...right, ...change }).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(key);
  const verifier = async () => {
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k', alg: 'RS256' };
    return firebaseIdTokens({
      projectId,
      unsigned: false,
      keys: createLocalJWKSet({ keys: [jwk] }),
    });
  };

  it('are taken when Google signed them for a session of ours', async () => {
    const verify = await verifier();
    expect(await verify(await signed())).toEqual({
      userId: 7,
      sessionId: right.sid,
      authenticatedAt: right.proved,
    });
  });

  const bad: Record<string, () => Promise<string>> = {
    unsigned: async () => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg: 'none' })}.${part(right)}.`;
    },
    'signed by a stranger': () => signed({}, stranger.privateKey),
    'of another project': () =>
      signed({ aud: 'other', iss: 'https://securetoken.google.com/other' }),
    expired: () => signed({ exp: now - 120 }),
    'of a session that is over its seven days': () => signed({ until: now - 1 }),
    'of a self-made Firebase user': () => signed({ sub: 'k3jHd82hsKf', sid: undefined }),
    'without a session': () => signed({ sid: undefined }),
  };
  for (const [name, make] of Object.entries(bad))
    it(`are refused when ${name}`, async () => {
      const verify = await verifier();
      await expect(verify(await make())).rejects.toMatchObject({ code: 'unauthenticated' });
    });
});

it('gives a self-made Firebase user nothing on any callable', async () => {
  const project = process.env['GCLOUD_PROJECT'];
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: `https://securetoken.google.com/${project}`,
    aud: project,
    sub: 'k3jHd82hsKf',
    iat: now,
    exp: now + 3600,
  };
  const token = `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
  const { operationLists } = await import('../../src/entry/operation-lists.ts');
  const operations = Object.values(await operationLists()).flat();
  for (const { name, access } of operations) {
    if (access === 'public' || name.startsWith('operations/')) continue;
    const { status } = await product.call(name, {}, { token });
    expect(`${name} ${status}`).toBe(`${name} 401`);
  }
});
