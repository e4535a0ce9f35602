import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listenHere } from '../../../dev/ports.ts';
import { serveAlone } from '../support/account.ts';
import { capturedLogs } from '../support/logs.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let provider: Server;
capturedLogs();

beforeAll(async () => {
  provider = createServer((_request, response) =>
    response.writeHead(500).end('stack at secret.internal:5432'),
  );
  const port = await listenHere(provider);
  product = await serveAlone({
    GOOGLE_ISSUER: `http://127.0.0.1:${port}`,
    GOOGLE_CLIENT_ID: 'pm-bot-web',
    GOOGLE_CLIENT_SECRET: 'secret',
  });
});
afterAll(() => {
  provider.close();
  provider.closeAllConnections();
});

const calls: [string, string, object?][] = [
  ['GET', '/auth/oauth/google'],
  ['POST', '/auth/oauth/google', { idToken: 'eyJhbGciOiJSUzI1NiJ9.e30.AAAA' }],
];

it.each(calls)('says of a provider that is down that it is away: %s %s', async (...call) => {
  const { status, body, headers } = await product.http(...call);
  expect({ status, code: body['code'] }).toEqual({ status: 503, code: 'unavailable' });
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(JSON.stringify(body)).not.toMatch(/internal|127\.0\.0\.1|stack|openid/);
});
