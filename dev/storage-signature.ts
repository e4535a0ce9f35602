import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type StorageKey = { id: string; secret: string };

/** What Cloud Storage answers instead: a status and its word for it. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

export type Allowed = { bucket: string; object: string; query: URLSearchParams };

const algorithm = 'GOOG4-HMAC-SHA256';
const longestSeconds = 604_800;
/** Seconds that the signer's clock may be ahead of ours. */
const skewSeconds = 900;

/**
 * What a signed URL (V4, HMAC key) may touch; fails when anything about it is not as it was signed. Written
 * from what arrives on the wire and not from the code that signs, so that a mistake there shows.
 */
export const allowed = (request: IncomingMessage, key: StorageKey, now: Date): Allowed => {
  const [path = '', rawQuery = ''] = (request.url ?? '').split('?');
  const query = new URLSearchParams(rawQuery);
  const given = (name: string) => query.get(name) ?? '';
  if (given('X-Goog-Algorithm') !== algorithm) throw new Refused(403, 'AccessDenied');
  const [id, ...scope] = given('X-Goog-Credential').split('/');
  if (id !== key.id) throw new Refused(403, 'InvalidAccessKeyId');
  const stamp = given('X-Goog-Date');
  requireInTime(stamp, Number(given('X-Goog-Expires')), now);
  const signed = given('X-Goog-SignedHeaders').split(';');
  requireSignedHeaders(request, signed);
  const canonical = [
    request.method,
    path,
    canonicalQuery(rawQuery),
    ...signed.map(name => `${name}:${headerOf(request, name)}`),
    '',
    signed.join(';'),
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const text = [algorithm, stamp, scope.join('/'), sha256(canonical)].join('\n');
  const expected = hmac(keyFor(key.secret, scope), text);
  const received = Buffer.from(given('X-Goog-Signature'), 'hex');
  if (received.length !== expected.length || !timingSafeEqual(received, expected))
    throw new Refused(403, 'SignatureDoesNotMatch');
  const [, bucket = '', ...object] = path.split('/');
  return { bucket, object: object.map(decodeURIComponent).join('/'), query };
};

const requireInTime = (stamp: string, seconds: number, now: Date): void => {
  const at = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp);
  const signedAt = at
    ? Date.parse(`${at[1]}-${at[2]}-${at[3]}T${at[4]}:${at[5]}:${at[6]}Z`)
    : Number.NaN;
  if (Number.isNaN(signedAt) || !(seconds > 0 && seconds <= longestSeconds))
    throw new Refused(400, 'InvalidArgument');
  const age = (now.getTime() - signedAt) / 1_000;
  if (age < -skewSeconds) throw new Refused(403, 'RequestTimeTooSkewed');
  if (age > seconds) throw new Refused(400, 'ExpiredToken');
};

/** The host and every header of Google's own have to be among what was signed. */
const requireSignedHeaders = ({ headers }: IncomingMessage, signed: string[]): void => {
  const unsigned = Object.keys(headers).filter(
    name => name.startsWith('x-goog-') && !signed.includes(name),
  );
  if (unsigned.length > 0 || !signed.includes('host')) throw new Refused(403, 'AccessDenied');
};

const headerOf = ({ headers }: IncomingMessage, name: string): string =>
  String(headers[name] ?? '')
    .trim()
    .replaceAll(/\s+/g, ' ');

const canonicalQuery = (rawQuery: string): string =>
  rawQuery
    .split('&')
    .filter(part => !part.startsWith('X-Goog-Signature='))
    .toSorted()
    .join('&');

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (secret: string | Buffer, text: string): Buffer =>
  createHmac('sha256', secret).update(text).digest();

/** Derived from date, place, service and the word at the end of the credential scope, one after the other. */
const keyFor = (secret: string, scope: string[]): Buffer => {
  const [day = '', place = '', service = '', end = ''] = scope;
  if (service !== 'storage' || end !== 'goog4_request') throw new Refused(403, 'AccessDenied');
  return hmac(hmac(hmac(hmac(`GOOG4${secret}`, day), place), service), end);
};
