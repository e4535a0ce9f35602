import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { base64url, CompactEncrypt, compactDecrypt, importJWK, type JWK } from 'jose';
import type { Json, Product } from './product.ts';

type Envelope = Record<string, unknown>;
type Sent = { token?: string; inHeader?: boolean; jwe?: string; header?: Record<string, string> };

/** A client that encrypts what it sends and reads encrypted answers. */
export const sealingClient = async (product: Product) => {
  const { body } = await product.http('GET', '/.well-known/jwks.json');
  const keys = body['keys'] as unknown as JWK[];
  const key = keys.find(({ use }) => use === 'enc') as JWK;
  const replyKey = randomBytes(32);

  const envelope = (request: string, content?: unknown, token?: string): Envelope => ({
    jti: randomUUID(),
    iat: Math.floor(Date.now() / 1000),
    request,
    ...(token && { ath: createHash('sha256').update(token).digest('base64url') }),
    replyKey: replyKey.toString('base64url'),
    ...(content !== undefined && { body: content }),
  });

  const seal = async (plain: unknown, to: JWK = key, header = {}): Promise<string> =>
    new CompactEncrypt(Buffer.from(JSON.stringify(plain)))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: key.kid ?? '', ...header })
      .encrypt(await importJWK(to, 'ECDH-ES'));

  const send = async (
    method: string,
    path: string,
    jwe: string,
    { token, inHeader }: Sent = {},
  ) => {
    const response = await fetch(product.url + path, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(inHeader ? { 'sealed-request': jwe } : { 'content-type': 'application/jose' }),
      },
      ...(!inHeader && { body: jwe }),
    });
    const type = response.headers.get('content-type') ?? '';
    const text = await response.text();
    return { status: response.status, type, text, body: await opened(type, text, replyKey) };
  };

  return { key, envelope, seal, send };
};

const opened = async (type: string, text: string, key: Buffer): Promise<Json> => {
  if (text === '') return null as unknown as Json;
  if (type !== 'application/jose') return JSON.parse(text) as Json;
  const { plaintext } = await compactDecrypt(text, base64url.decode(key.toString('base64url')));
  return JSON.parse(Buffer.from(plaintext).toString()) as Json;
};
