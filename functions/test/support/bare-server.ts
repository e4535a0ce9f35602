import { createServer, type RequestListener } from 'node:http';
import { listenHere } from '../../../dev/ports.ts';

// bare-server.ts TARGET: serves one exported function in a process of its own, for tests that kill it.
const [target = ''] = process.argv.slice(2);
const exported: unknown = await import('../../src/index.ts');
const handler = target
  .split('.')
  .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], exported);
console.log(`port ${await listenHere(createServer(handler as RequestListener))}`);
