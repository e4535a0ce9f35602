#!/usr/bin/env node
/**
 * The Pub/Sub server as a program: `dev/pubsub/main.ts --host=127.0.0.1 --port=8085`. Also what
 * PUBSUB_EMULATOR_BINARY_PATH may point to when firebase-tools is to start it.
 */
import { parseArgs } from 'node:util';
import { startPubSub } from './server.ts';

const { values } = parseArgs({
  options: { host: { type: 'string' }, port: { type: 'string' } },
  strict: false,
});
const host = typeof values.host === 'string' ? values.host : '127.0.0.1';
const server = await startPubSub({ host, port: Number(values.port ?? 8085) });
console.log(`Pub/Sub server started, listening on ${server.port}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void server.stop().then(() => process.exit(0)));
