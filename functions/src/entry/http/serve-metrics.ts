import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { config } from '../../platform/config.ts';
import { failureOf } from '../failures.ts';
import { secure } from './edge.ts';
import { sendFailure } from './respond.ts';
import type { HttpHandler } from './serve.ts';
import { header, visitorOf } from './visit.ts';

const shortestToken = 20;

/**
 * Puts GET /metrics in front of a handler, for whoever holds the operator's token. For everybody else, and
 * where no token was set, it does not exist: the handler answers as to any unknown path.
 */
export const withMetrics =
  (next: HttpHandler): HttpHandler =>
  async (request, response) => {
    if (!isOperator(request)) return next(request, response);
    const visitor = visitorOf(request, config().TRUSTED_HOPS);
    secure(response, visitor.requestId);
    try {
      const { metricsPage } = await import('../wiring/metrics.ts');
      const { contentType, text } = await metricsPage();
      response.writeHead(200, { 'content-type': contentType }).end(text);
    } catch (error) {
      const failure = failureOf(error, { requestId: visitor.requestId, operation: 'metrics' });
      await sendFailure(response, failure, visitor);
    }
    return undefined;
  };

const isOperator = (request: IncomingMessage): boolean => {
  const { METRICS_TOKEN } = config();
  const path = request.url?.split('?', 1)[0];
  if (METRICS_TOKEN.length < shortestToken || request.method !== 'GET' || path !== '/metrics')
    return false;
  const given = /^Bearer (.+)$/i.exec(header(request, 'authorization') ?? '')?.[1] ?? '';
  return timingSafeEqual(digestOf(given), digestOf(METRICS_TOKEN));
};

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
