import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { Failure, problemOf, type Text } from '../../platform/failure.ts';
import type { Visitor } from '../../platform/operation.ts';
import { securityHeaders } from '../http/edge.ts';
import { header } from '../http/visit.ts';
import { readEventId } from './frames.ts';

const foreignOrigin: Text = {
  es: 'Este origen no puede conectarse.',
  en: 'This origin may not connect.',
};
const tokenInUrl: Text = {
  es: 'La credencial va en la cabecera Authorization o en la primera trama, nunca en la URL.',
  en: 'Credentials go into the Authorization header or the first frame, never into the URL.',
};

export type Opening = { authorization: string | undefined; lastEventId: string | undefined };

/** Checks what can be checked before a connection is accepted. Browsers always say where they come from. */
export const readOpening = (request: IncomingMessage, allowedOrigins: string[]): Opening => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname !== '/chat/ws') throw new Failure('not_found');
  const origin = header(request, 'origin');
  if (origin !== undefined && !allowedOrigins.includes(origin))
    throw new Failure('forbidden', { detail: foreignOrigin });
  if ([...url.searchParams.keys()].some(name => /token|auth|key/i.test(name)))
    throw new Failure('validation_failed', { detail: tokenInUrl });
  const lastEventId = readEventId(
    header(request, 'last-event-id') ?? url.searchParams.get('lastEventId'),
  );
  return { authorization: header(request, 'authorization'), lastEventId };
};

/** Answers an upgrade that is refused like any other request. */
export const refuseUpgrade = (
  socket: Duplex,
  failure: Failure,
  { locale, requestId }: Visitor,
): void => {
  const problem = problemOf(failure, locale, requestId);
  const body = JSON.stringify(problem);
  const { retryAfter } = failure.options;
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    `x-request-id: ${requestId}`,
    ...Object.entries(securityHeaders).map(([name, value]) => `${name}: ${value}`),
    ...(problem.status === 401 ? ['www-authenticate: Bearer'] : []),
    ...(retryAfter === undefined ? [] : [`retry-after: ${retryAfter}`]),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};
