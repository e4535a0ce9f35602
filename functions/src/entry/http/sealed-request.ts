import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { Failure, type Text } from '../../platform/failure.ts';
import { parseJson, readBody } from '../../platform/json-body.ts';
import { redis } from '../wiring/connections.ts';
import { payloads } from '../wiring/payloads.ts';
import { contentTypeOf } from './body-ownership.ts';
import type { Seal } from './respond.ts';
import { header } from './visit.ts';

export const sealedType = 'application/jose';

/** Carries the envelope of requests that have no body. */
export const sealedHeader = 'sealed-request';

/** Furthest that a client's clock may be off, in seconds. */
const clockSeconds = 120;

const envelope = z.strictObject({
  /** Drawn anew for each request; a second one with the same id is refused. */
  jti: z.string().regex(/^[\w-]{22,64}$/),
  iat: z.int(),
  /** Verb and target as sent, `POST /auth/login`: nobody on the way can turn it elsewhere. */
  request: z.string().max(8_192),
  /** SHA-256 of the access token sent with it, base64url: nor speak it in another name. */
  ath: z.string().length(43).optional(),
  /** 32 bytes, base64url: encrypts the answer. */
  replyKey: z.string().regex(/^[\w-]{43}$/),
  body: z.unknown().optional(),
});

type Envelope = z.output<typeof envelope>;

const unreadable: Text = {
  es: 'El envío cifrado no se puede leer. Cifra con una clave actual de /.well-known/jwks.json.',
  en: 'The encrypted request cannot be read. Use a current key of /.well-known/jwks.json.',
};
const stale: Text = {
  es: 'El envío cifrado es de otro momento. Revisa el reloj del dispositivo.',
  en: 'The encrypted request is of another time. Check the clock of the device.',
};
const replayed: Text = {
  es: 'Este envío cifrado ya se recibió. Cifra cada envío de nuevo.',
  en: 'This encrypted request has been received before. Encrypt every request anew.',
};

export const isSealed = (request: IncomingMessage): boolean =>
  contentTypeOf(request) === sealedType || header(request, sealedHeader) !== undefined;

/**
 * Opens a request that its client encrypted (JWE, RFC 7516). `trust` is handed the way to encrypt the
 * answer as soon as the envelope is known to be whole, so that refusals after that are encrypted too.
 */
export const openSealed = async (
  request: IncomingMessage,
  trust: (seal: Seal) => void,
): Promise<unknown> => {
  const cipher = await payloads();
  if (cipher.publicKeys().length === 0) throw new Failure('unsupported_media_type');
  const { body, ...claims } = await read(request, cipher.open);
  trust((payload, type) => cipher.seal(claims.replyKey, payload, type));
  requireMeant(request, claims);
  await requireFirst(claims);
  return body;
};

const refused = (detail: Text, cause?: unknown): Failure =>
  new Failure('validation_failed', {
    detail,
    errors: [{ path: 'Sealed-Request', message: detail }],
    cause,
  });

const read = async (
  request: IncomingMessage,
  open: (jwe: string) => Promise<Buffer>,
): Promise<Envelope> => {
  const jwe = header(request, sealedHeader) ?? (await readBody(request)).toString('latin1');
  const plain = await open(jwe).catch((cause: unknown) => {
    throw refused(unreadable, cause);
  });
  const parsed = envelope.safeParse(parseJson(plain));
  if (!parsed.success) throw refused(unreadable);
  return parsed.data;
};

/** Whoever reads along could otherwise send the envelope to a route, or in a name, of their own. */
const requireMeant = (request: IncomingMessage, { request: meant, ath, iat }: Claims): void => {
  const token = /^Bearer +(\S+)$/i.exec(header(request, 'authorization') ?? '')?.[1];
  const hash = token && createHash('sha256').update(token).digest('base64url');
  if (meant !== `${request.method} ${request.url}` || !same(ath ?? '', hash ?? ''))
    throw refused(unreadable);
  if (Math.abs(Date.now() / 1000 - iat) > clockSeconds) throw refused(stale);
};

type Claims = Omit<Envelope, 'body'>;

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Without Redis nobody could tell a repeat: the request is refused. */
const requireFirst = async ({ jti }: Claims): Promise<void> => {
  const store = await redis();
  const first = await store.set(`sealed:${jti}`, 1, { nx: true, ex: 2 * clockSeconds });
  if (first === null) throw new Failure('conflict', { detail: replayed });
};
