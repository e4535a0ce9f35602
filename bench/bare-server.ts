import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';

// bare-server.ts TARGET PORT: serves an exported function without any framework in front of it.
const [target = '', port = '0'] = process.argv.slice(2);
const bundle = join(import.meta.dirname, '..', 'functions/lib/index.mjs');
const exported: unknown = await import(bundle);
const handler = target
  .split('.')
  .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], exported);
createServer(handler as RequestListener).listen(Number(port), '127.0.0.1');
