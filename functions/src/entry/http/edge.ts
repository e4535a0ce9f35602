import type { IncomingMessage, ServerResponse } from 'node:http';
import { header } from './visit.ts';

export const securityHeaders = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-site',
  'cache-control': 'no-store',
};

const exposedHeaders =
  'Content-Disposition, ETag, Link, Location, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, X-Request-Id';

/** Headers that every answer carries, errors and preflights included. */
export const secure = (response: ServerResponse, requestId: string): void => {
  response.removeHeader('x-powered-by');
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  response.setHeader('x-request-id', requestId);
};

/** Lets the listed origins, compared exactly, read the answer (Fetch standard, CORS protocol). */
export const allowOrigin = (
  request: IncomingMessage,
  response: ServerResponse,
  origins: string[],
): void => {
  response.setHeader('vary', 'Origin');
  const origin = header(request, 'origin');
  if (origin === undefined || !origins.includes(origin)) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-expose-headers', exposedHeaders);
};

export const isPreflight = (request: IncomingMessage): boolean =>
  request.method === 'OPTIONS' &&
  header(request, 'origin') !== undefined &&
  header(request, 'access-control-request-method') !== undefined;

/** Answers a preflight; without an allowed origin it carries no permission. */
export const answerPreflight = (response: ServerResponse): void => {
  if (response.hasHeader('access-control-allow-origin')) {
    response.setHeader('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE');
    response.setHeader(
      'access-control-allow-headers',
      'Authorization, Content-Type, Accept-Language, Idempotency-Key, If-Match, Sealed-Request, X-Request-Id, X-Firebase-AppCheck, Firebase-Instance-ID-Token',
    );
    response.setHeader('access-control-max-age', '3600');
  }
  response.writeHead(204).end();
};
