import {
  type CallableRequest,
  type CallableResponse,
  HttpsError,
  type HttpsFunction,
  type Request,
} from 'firebase-functions/https';
import { given } from '../domain/given.ts';
import { config } from '../platform/config.ts';
import { Failure, failureKinds, problemOf, type Text } from '../platform/failure.ts';
import { log } from '../platform/log.ts';
import { type AnyOperation, type Caller, invoke, type Visitor } from '../platform/operation.ts';
import { readEnvelope } from './callable-envelope.ts';
import { failureOf } from './failures.ts';
import { contentTypeOf } from './http/body-ownership.ts';
import { allowOrigin, answerPreflight, isPreflight, secure } from './http/edge.ts';
import { checkedKey, visitorOf } from './http/visit.ts';
import { measureCall } from './measure.ts';
import type { Service } from './service.ts';

const badVersion: Text = {
  es: 'Indica el número de versión de la última lectura.',
  en: 'Give the version number of the last read.',
};

/** Runs the operation that the callable's sub-path names, as `projects/createTask`. */
export const callOperation =
  (name: string, service: () => Promise<Service>) =>
  async (
    { rawRequest, data, acceptsStreaming }: CallableRequest<unknown>,
    response?: CallableResponse,
  ): Promise<unknown> => {
    let caller: Visitor & Partial<Caller> = visitorOf(rawRequest, config().TRUSTED_HOPS);
    const operationName = `${name}${rawRequest.path}`;
    let code: string | undefined;
    let known: string | undefined;
    const measured = measureCall('callable');
    try {
      const { operations, environment, admit } = await service();
      const operation = operations.find(candidate => candidate.name === operationName);
      if (!operation) throw new Failure('not_found');
      known = operationName;
      const { who } = await admit(caller, rawRequest.headers.authorization);
      caller = { ...caller, ...who, ...(acceptsStreaming && response && progressTo(response)) };
      const { input, ...preconditions } = unwrap(operation, data);
      const output = await invoke(operation, environment, { ...caller, ...preconditions }, input);
      return output ?? null;
    } catch (error) {
      const failure = failureOf(error, { requestId: caller.requestId, operation: known });
      code = failure.code;
      throw httpsErrorOf(failure, caller);
    } finally {
      const elapsedMs = measured({ operation: known, code });
      log.info('callable.request', {
        requestId: caller.requestId,
        // Never the path as it came: anything may stand there.
        operation: known,
        code: code ?? 'ok',
        userId: caller.userId,
        address: caller.address,
        elapsedMs,
      });
    }
  };

/** Who asked by `stream()` hears of the work while it goes on; an unread chunk holds nothing up. */
const progressTo = (response: CallableResponse): Pick<Visitor, 'progress'> => ({
  progress: update => void response.sendChunk(update).catch(() => false),
});

/** Phones cannot set headers: `idempotencyKey` and `ifMatch` travel beside the input. */
const unwrap = (operation: AnyOperation, data: unknown) => {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return { input: data ?? {} };
  const { idempotencyKey, ifMatch, ...input } = data as Record<string, unknown>;
  const keyed = operation.creates && idempotencyKey !== undefined;
  const matched = operation.versioned && ifMatch !== undefined;
  return {
    // Where they mean nothing they stay, to be refused as unknown fields like any other.
    input: {
      ...input,
      ...(!keyed && given({ idempotencyKey })),
      ...(!matched && given({ ifMatch })),
    },
    ...(keyed && { idempotencyKey: checkedKey(idempotencyKey) }),
    ...(matched && { expectedVersion: versionOf(ifMatch) }),
  };
};

const versionOf = (value: unknown): number => {
  if (Number.isSafeInteger(value) && (value as number) > 0) return value as number;
  throw new Failure('validation_failed', {
    errors: [{ path: 'ifMatch', message: badVersion }],
  });
};

const httpsErrorOf = (failure: Failure, { locale, requestId }: Visitor): HttpsError => {
  const { status: _status, type: _type, ...details } = problemOf(failure, locale, requestId);
  const { retryAfter } = failure.options;
  return new HttpsError(failureKinds[failure.code].callable, details.detail, {
    ...details,
    ...(retryAfter !== undefined && { retryAfter }),
  });
};

type Response = Parameters<HttpsFunction>[1];
type Handler = (request: Request, response: Response) => unknown;

/**
 * Stands in front of a callable: reads the body under our limits, so that neither prototype tricks nor
 * deep nesting nor unknown `@type` markers reach the decoder, and a body without `data` is never logged.
 */
export const guardCallable = <H extends Handler>(callable: H): H => {
  const guarded = async (request: Request, response: Response) => {
    const visitor = visitorOf(request, config().TRUSTED_HOPS);
    secure(response, visitor.requestId);
    allowOrigin(request, response, config().ALLOWED_ORIGINS);
    if (isPreflight(request)) return answerPreflight(response);
    const type = contentTypeOf(request);
    try {
      request.body = await readEnvelope(request, type);
    } catch (error) {
      const { requestId, address } = visitor;
      const cause = failureOf(error, { requestId });
      log.info('callable.refused', { requestId, code: cause.code, address });
      const failure = httpsErrorOf(cause, visitor);
      const { allow } = cause.options;
      if (allow) response.setHeader('allow', allow.join(', '));
      // What is no POST is no callable: HTTP has a word for it, the callable protocol would say 501.
      const status = allow ? failureKinds[cause.code].http : failure.httpErrorCode.status;
      response.status(status).json({ error: failure });
      return undefined;
    }
    request.headers['content-type'] = 'application/json';
    return callable(request, response);
  };
  const { name: _name, length: _length, ...rest } = Object.getOwnPropertyDescriptors(callable);
  return Object.defineProperties(guarded, rest) as unknown as H;
};
