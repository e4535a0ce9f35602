import type { ServerResponse } from 'node:http';
import { type Failure, problemOf } from '../../platform/failure.ts';
import type { AnyOperation, Visitor } from '../../platform/operation.ts';
import type { RateState } from '../../platform/rate.ts';

/** Encrypts the text of an answer for the client that asked for it. */
export type Seal = (payload: string, contentType: string) => Promise<string>;

/** Writes the successful answer of an operation, with its ETag where the output has a version. */
export const sendOutput = (
  response: ServerResponse,
  operation: AnyOperation,
  output: unknown,
  seal?: Seal,
): void | Promise<void> => {
  const status = operation.statusOf?.(output) ?? operation.status ?? 200;
  for (const [name, value] of Object.entries(operation.headersOf?.(output as never) ?? {}))
    response.setHeader(name, value);
  if (operation.versioned)
    response.setHeader('etag', `"${(output as { version: number }).version}"`);
  if (status === 204) {
    response.writeHead(204).end();
    return undefined;
  }
  const file = fileWanted(response, operation, output);
  if (file) return send(response, status, `${file.type}; charset=utf-8`, file.text, seal);
  return send(response, status, 'application/json; charset=utf-8', JSON.stringify(output), seal);
};

/** Says how the answer is to be saved, and where it goes on (RFC 8288), when a file was asked for. */
const fileWanted = (response: ServerResponse, { file }: AnyOperation, output: unknown) => {
  if (!file) return undefined;
  response.appendHeader('vary', 'Accept');
  const accepted = (response.req.headers.accept ?? '').split(',').map(mediaType);
  const made = accepted.includes(file.type) ? file.of(output) : undefined;
  if (!made) return undefined;
  response.setHeader('content-disposition', `attachment; filename="${made.name}"`);
  if (made.next !== undefined) response.setHeader('link', `<?${made.next}>; rel="next"`);
  return { type: file.type, text: made.text };
};

const mediaType = (range: string): string => (range.split(';')[0] ?? '').trim().toLowerCase();

export const sendFailure = (
  response: ServerResponse,
  failure: Failure,
  { locale, requestId }: Pick<Visitor, 'locale' | 'requestId'>,
  seal?: Seal,
): void | Promise<void> => {
  const problem = problemOf(failure, locale, requestId);
  const { retryAfter, allow, rate } = failure.options;
  if (rate) sendRate(response, rate);
  if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
  if (allow) response.setHeader('allow', allow.join(', '));
  if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer');
  response.setHeader('content-language', locale);
  if (problem.status === 413 || problem.status === 415) endAfter(response);
  const payload = JSON.stringify(problem);
  return send(response, problem.status, 'application/problem+json; charset=utf-8', payload, seal);
};

/** Bytes of a refused body that are read away, so that its sender gets to see the answer. */
const discardLimit = 33_554_432;

/**
 * Node discards what is left of a body. Where that may be too much the connection ends instead, which most
 * senders notice before the answer.
 */
const endAfter = (response: ServerResponse): void => {
  const length = Number(response.req.headers['content-length'] ?? Number.POSITIVE_INFINITY);
  if (length > discardLimit) response.setHeader('connection', 'close');
};

/** The fields of the RateLimit header draft, for the budget that is nearest to its end. */
export const sendRate = (response: ServerResponse, rate: RateState): void => {
  response.setHeader('ratelimit-limit', String(rate.limit));
  response.setHeader('ratelimit-remaining', String(rate.remaining));
  response.setHeader('ratelimit-reset', String(secondsUntil(rate.resetAt)));
};

export const secondsUntil = (instant: number): number =>
  Math.max(1, Math.ceil((instant - Date.now()) / 1000));

const send = (
  response: ServerResponse,
  status: number,
  type: string,
  payload: string,
  seal?: Seal,
): void | Promise<void> => {
  if (!seal) return write(response, status, type, payload);
  return seal(payload, type).then(jwe => write(response, status, 'application/jose', jwe));
};

const write = (response: ServerResponse, status: number, type: string, payload: string): void => {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(payload),
  });
  response.end(payload);
};
