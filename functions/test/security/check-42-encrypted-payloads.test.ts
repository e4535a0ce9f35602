import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  goodPassword,
  type SignedIn,
  serveAlone,
  signedInAccount,
  textOf,
} from '../support/account.ts';
import type { Product } from '../support/product.ts';
import { sealingClient } from '../support/sealed.ts';

let product: Product;
let ana: SignedIn;
let client: Awaited<ReturnType<typeof sealingClient>>;
beforeAll(async () => {
  product = await serveAlone();
  ana = await signedInAccount(product);
  client = await sealingClient(product);
});

const loginBody = () => ({ email: ana.email, password: goodPassword });
const loginEnvelope = () => client.envelope('POST /auth/login', loginBody());
const post = (jwe: string) => client.send('POST', '/auth/login', jwe);

describe('a client that encrypts', () => {
  it('signs in, with neither password nor tokens readable on the way', async () => {
    const jwe = await client.seal(loginEnvelope());
    const answer = await post(jwe);
    expect(answer).toMatchObject({ status: 200, type: 'application/jose' });
    expect(textOf(answer.body['accessToken'])).toMatch(/^ey/);
    expect(answer.text.split('.')).toHaveLength(5);
    expect(jwe + answer.text).not.toContain(goodPassword);
  });

  it('reads with its envelope in a header, and hears of refusals in secret too', async () => {
    const sealed = async (request: string, path: string) => {
      const envelope = client.envelope(request, undefined, ana.accessToken);
      const sent = { token: ana.accessToken, inHeader: true };
      return client.send('GET', path, await client.seal(envelope), sent);
    };
    const me = await sealed('GET /auth/me', '/auth/me');
    expect(me).toMatchObject({ status: 200, type: 'application/jose', body: { email: ana.email } });
    const missing = await sealed('GET /projects/9', '/projects/9');
    expect(missing).toMatchObject({ status: 404, type: 'application/jose' });
    expect(missing.body).toMatchObject({ code: 'not_found' });
  });

  it('meets the usual checks of input once it is decrypted', async () => {
    for (const body of [{}, { ...loginBody(), isAdmin: true }, [1], 'text', null]) {
      const answer = await post(await client.seal(client.envelope('POST /auth/login', body)));
      expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    }
    const nested = `${'['.repeat(60)}${']'.repeat(60)}`;
    const deep = client.envelope('POST /auth/login', JSON.parse(nested));
    expect((await post(await client.seal(deep))).status).toBe(400);
  });
});

describe('what was encrypted', () => {
  it('counts once, also in a race', async () => {
    const jwe = await client.seal(loginEnvelope());
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(jwe)));
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, 409, 409, 409, 409]);
    expect((await post(jwe)).body).toMatchObject({ code: 'conflict' });
  });

  it('is refused when any part has changed', async () => {
    const parts = (await client.seal(loginEnvelope())).split('.');
    for (const index of [0, 2, 3, 4]) {
      const bytes = Buffer.from(parts[index] ?? '', 'base64url');
      bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1;
      const changed = parts.with(index, bytes.toString('base64url')).join('.');
      expect((await post(changed)).status).toBe(400);
    }
  });

  it('is refused under a key, an algorithm or a compression that is not ours', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const foreign = { ...publicKey.export({ format: 'jwk' }) };
    const forgeries = [
      client.seal(loginEnvelope(), foreign),
      client.seal(loginEnvelope(), client.key, { kid: 'another' }),
      client.seal(loginEnvelope(), client.key, { enc: 'A128GCM' }),
      client.seal(loginEnvelope(), client.key, { alg: 'ECDH-ES+A256KW' }),
      client.seal(loginEnvelope(), client.key, { zip: 'DEF' }),
    ];
    for (const jwe of [...(await Promise.all(forgeries)), 'a.b.c.d.e', '....', '{}'])
      expect(await post(jwe)).toMatchObject({ status: 400, type: /problem/ });
  });

  it('is refused two minutes before and after its time', async () => {
    const now = Math.floor(Date.now() / 1000);
    for (const iat of [now - 125, now + 125, 0, 1e300]) {
      const jwe = await client.seal({ ...loginEnvelope(), iat });
      expect((await post(jwe)).status).toBe(400);
    }
    for (const iat of [now - 110, now + 110])
      expect((await post(await client.seal({ ...loginEnvelope(), iat }))).status).toBe(200);
  });

  it('works on no other route and in nobody else’s name', async () => {
    const luis = await signedInAccount(product);
    const elsewhere = await client.seal(loginEnvelope());
    expect((await client.send('POST', '/auth/register', elsewhere)).status).toBe(400);
    expect((await client.send('POST', '/auth/login?x=1', elsewhere)).status).toBe(400);
    const project = client.envelope('POST /projects', { name: 'Secreto' }, ana.accessToken);
    const stolen = await client.seal(project);
    const sent = await client.send('POST', '/projects', stolen, { token: luis.accessToken });
    expect(sent.status).toBe(400);
    const own = await client.send('POST', '/projects', stolen, { token: ana.accessToken });
    expect(own).toMatchObject({ status: 201, body: { name: 'Secreto' } });
  });

  it('is limited in size like any body', async () => {
    expect((await post('x'.repeat(1_048_577))).status).toBe(413);
  });

  it('cannot be told from a repeat without Redis, and is refused', async () => {
    const { redis } = await import('../../src/entry/wiring/connections.ts');
    const store = await redis();
    const { set } = store;
    store.set = () => Promise.reject(new Error('away'));
    try {
      expect((await post(await client.seal(loginEnvelope()))).status).toBeGreaterThanOrEqual(500);
    } finally {
      store.set = set;
    }
  });
});

it('is an offer: plain requests are answered in plain', async () => {
  const answer = await product.http('POST', '/auth/login', loginBody());
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
});
