import { createServer, type RequestListener } from 'node:http';

// bare-server.ts TARGET: serves one exported function in a process of its own, for tests that kill it.
const [target = ''] = process.argv.slice(2);
const exported: unknown = await import('../../src/index.ts');
const handler = target
  .split('.')
  .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], exported);
const server = createServer(handler as RequestListener).listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`port ${typeof address === 'object' ? address?.port : ''}`);
});
