import { beforeAll, expect, it } from 'vitest';
import type { ServerDeps } from '../../src/entry/websocket/server.ts';
import { takeAdded } from '../../src/platform/metrics.ts';
import { serveAlone } from '../support/account.ts';
import type { Product, User } from '../support/product.ts';
import { webSockets } from '../support/websocket-servers.ts';

let product: Product;
let deps: ServerDeps;
let ana: User;
const { serve, connect } = webSockets();

beforeAll(async () => {
  product = await serveAlone({ RATE_LIMIT_PER_MINUTE: '3', TRUSTED_HOPS: '1' });
  const { webSocketDeps } = await import('../../src/entry/wiring/websocket.ts');
  deps = await webSocketDeps();
  ana = await product.signedIn('Ana Torres');
});

it('counts messages and calls of the API against one budget of their person', async () => {
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const authorization = `Bearer ${ana.accessToken}`;
  const { url } = await serve(deps);
  const peer = connect(url, { headers: { authorization, ...from('198.51.100.71') } });
  await peer.hear('ready');
  for (const id of ['m1', 'm2', 'm3', 'm4']) peer.say({ type: 'message', id, text: 'hola' });
  const refused = await peer.hear('error');
  expect(refused).toMatchObject({ id: 'm4', problem: { code: 'rate_limited' } });
  expect(refused['problem']).toHaveProperty('retryAfter');
  const options = { token: ana.accessToken, headers: from('198.51.100.72') };
  expect((await product.http('GET', '/projects', undefined, options)).status).toBe(429);
  expect([...takeAdded().keys()]).toContain('pmbot_rate_limited_total||user');
});
