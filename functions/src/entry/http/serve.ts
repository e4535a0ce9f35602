import type { IncomingMessage, ServerResponse } from 'node:http';
import { config } from '../../platform/config.ts';
import { Failure } from '../../platform/failure.ts';
import { readJsonBody } from '../../platform/json-body.ts';
import { log } from '../../platform/log.ts';
import { type Caller, invoke, type Visitor } from '../../platform/operation.ts';
import { failureOf } from '../failures.ts';
import { measureCall } from '../measure.ts';
import type { Service } from '../service.ts';
import { contentTypeOf } from './body-ownership.ts';
import { allowOrigin, answerPreflight, isPreflight, secure } from './edge.ts';
import { fromBody, fromQuery } from './raw-input.ts';
import { type Seal, sendFailure, sendOutput, sendRate } from './respond.ts';
import type { Match } from './router.ts';
import { isSealed, openSealed } from './sealed-request.ts';
import { header, preconditionsOf, traceOf, visitorOf } from './visit.ts';

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** One call on its way through the server; the log line is written from what is known at its end. */
type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  caller: Visitor & Partial<Caller>;
  operation: string | undefined;
  code: string | undefined;
  /** Encrypts the answer, where the request was encrypted. */
  seal?: Seal;
};

/** Serves the operations of a service over HTTPS. */
export const serveHttp =
  (service: () => Promise<Service>): HttpHandler =>
  async (request, response) => {
    const exchange: Exchange = {
      request,
      response,
      caller: visitorOf(request, config().TRUSTED_HOPS),
      operation: undefined,
      code: undefined,
    };
    secure(response, exchange.caller.requestId);
    allowOrigin(request, response, config().ALLOWED_ORIGINS);
    if (isPreflight(request)) return answerPreflight(response);
    const measured = measureCall('https');
    try {
      await answer(exchange, service);
    } catch (error) {
      await refuse(exchange, error);
    } finally {
      tell(exchange, measured(exchange));
    }
  };

const answer = async (exchange: Exchange, service: () => Promise<Service>): Promise<void> => {
  const { request, response } = exchange;
  const url = new URL(request.url ?? '/', 'http://localhost');
  const { route, admit, environment } = await service();
  const match = route(request.method ?? 'GET', url.pathname);
  exchange.operation = match.operation.name;
  // A public route serves the holder of an expired token too; it only forgets who they are.
  const authorization = isPublic(match) ? undefined : header(request, 'authorization');
  const { rate, who } = await admit(exchange.caller, authorization);
  if (rate) sendRate(response, rate);
  // Before anything else of the request is read: who may not come in learns nothing more.
  if (!who && !isPublic(match)) throw new Failure('unauthenticated');
  exchange.caller = { ...exchange.caller, ...who, ...preconditionsOf(request) };
  const raw = await rawInput(exchange, match, url.searchParams);
  const output = await invoke(match.operation, environment, exchange.caller, raw);
  await sendOutput(response, match.operation, output, exchange.seal);
};

const isPublic = ({ operation }: Match): boolean => operation.access === 'public';

const rawInput = async (
  exchange: Exchange,
  { operation, params }: Match,
  query: URLSearchParams,
): Promise<unknown> => {
  const { request } = exchange;
  const sealed = isSealed(request);
  const opened = sealed ? await openSealed(request, seal => (exchange.seal = seal)) : undefined;
  if (operation.route.startsWith('GET ')) return fromQuery(operation.input, params, query);
  const body = sealed
    ? opened
    : await readJsonBody(request, contentTypeOf(request), operation.bodyLimit);
  return fromBody(operation.input, params, body);
};

const refuse = async (exchange: Exchange, error: unknown): Promise<void> => {
  const { response, caller } = exchange;
  const { requestId } = caller;
  const failure = failureOf(error, { requestId, operation: exchange.operation });
  exchange.code = failure.code;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  await sendFailure(response, failure, caller, exchange.seal);
};

const tell = (exchange: Exchange, elapsedMs: number): void => {
  const { request, response, caller, operation, code } = exchange;
  log.info('http.request', {
    requestId: caller.requestId,
    trace: traceOf(request),
    method: request.method,
    operation,
    status: response.statusCode,
    code,
    userId: caller.userId,
    address: caller.address,
    elapsedMs,
  });
};
