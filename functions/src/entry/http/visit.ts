import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { clientAddress } from '../../platform/address.ts';
import { Failure, type Locale, type Text } from '../../platform/failure.ts';
import type { ClientKind, Visitor } from '../../platform/operation.ts';

const badKey: Text = {
  es: 'Idempotency-Key admite de 1 a 255 caracteres ASCII visibles.',
  en: 'Idempotency-Key takes 1 to 255 visible ASCII characters.',
};
const badMatch: Text = {
  es: 'If-Match lleva el ETag de la última lectura, por ejemplo "3".',
  en: 'If-Match takes the ETag of the last read, for example "3".',
};

/** Trace id of the request: the caller's own where it is well-formed (W3C Trace Context), else none. */
export const traceOf = (request: IncomingMessage): string | undefined => {
  const parent = /^[\da-f]{2}-([\da-f]{32})-/.exec(header(request, 'traceparent') ?? '')?.[1];
  return parent ?? /^([\da-f]{32})\b/.exec(header(request, 'x-cloud-trace-context') ?? '')?.[1];
};

/** All that is known of a request before its credentials are read. */
export const visitorOf = (request: IncomingMessage, trustedHops: number): Visitor => ({
  requestId: requestIdOf(request),
  address: clientAddress(
    request.socket.remoteAddress,
    request.headers['x-forwarded-for'],
    trustedHops,
  ),
  userAgent: (header(request, 'user-agent') ?? '').slice(0, 300),
  client: clientOf(request),
  locale: localeOf(header(request, 'accept-language')),
  ...browserKeyOf(request),
});

// Forbidden header names of the Fetch standard: every browser sends one of them with a POST.
const clientOf = ({ headers }: IncomingMessage): ClientKind =>
  headers['sec-fetch-site'] === undefined && headers.origin === undefined ? 'app' : 'browser';

/** Only this name: the prefix makes browsers refuse it from other hosts and over plain HTTP. */
const browserCookie = /(?:^|; )__Host-sign-in=([\w-]{43})(?:;|$)/;

// A cookie that another site made the browser send counts only on the way back from Google, a GET.
const browserKeyOf = (request: IncomingMessage): Pick<Visitor, 'browserKey'> => {
  if (request.method !== 'GET' && header(request, 'sec-fetch-site') === 'cross-site') return {};
  const browserKey = browserCookie.exec(header(request, 'cookie') ?? '')?.[1];
  return browserKey === undefined ? {} : { browserKey };
};

/** The headers that make a write safe to repeat and safe against lost races. */
export const preconditionsOf = (
  request: IncomingMessage,
): Pick<Visitor, 'expectedVersion' | 'idempotencyKey'> => {
  const key = header(request, 'idempotency-key');
  const match = header(request, 'if-match');
  return {
    ...(key !== undefined && { idempotencyKey: checkedKey(key) }),
    ...(match !== undefined && match !== '*' && { expectedVersion: versionOf(match) }),
  };
};

export const checkedKey = (key: unknown): string => {
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new Failure('validation_failed', {
    detail: badKey,
    errors: [{ path: 'Idempotency-Key', message: badKey }],
  });
};

const versionOf = (match: string): number => {
  const tag = /^(?:W\/)?"([!#-~]*)"$/.exec(match.trim())?.[1];
  // Versions begin at 1: a tag that is none of ours matches nothing (RFC 9110 §13.1.1).
  if (tag !== undefined) return /^\d{1,9}$/.test(tag) ? Number(tag) : 0;
  throw new Failure('validation_failed', {
    detail: badMatch,
    errors: [{ path: 'If-Match', message: badMatch }],
  });
};

const requestIdOf = (request: IncomingMessage): string => {
  const given = header(request, 'x-request-id') ?? '';
  return /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
};

/** Spanish unless the reader prefers English (RFC 9110 §12.5.4, first of the two that is named). */
const localeOf = (acceptLanguage: string | undefined): Locale => {
  const named = /\b(es|en)\b/i.exec((acceptLanguage ?? '').slice(0, 200))?.[1];
  return named?.toLowerCase() === 'en' ? 'en' : 'es';
};

export const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};
