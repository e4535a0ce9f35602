import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type * as Official from '@google-cloud/pubsub';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadedTriggers, runNow, wirePubSub } from './functions-wiring.ts';
import { listenHere } from './ports.ts';
import { type PubSubServer, startPubSub } from './pubsub/server.ts';

const functions = createRequire(join(import.meta.dirname, '../functions/package.json'));
const { PubSub } = functions('@google-cloud/pubsub') as typeof Official;

/** Answers as the functions emulator does (firebase-tools 15): 500 when the function threw. */
const topic = 'projects/demo-pm-bot/topics/task-events';
const functionTriggers = [
  { id: 'us-central1-api-auth', name: 'api-auth', timeoutSeconds: 60, httpsTrigger: {} },
  {
    id: 'us-central1-mirrorTasks',
    name: 'mirrorTasks',
    timeoutSeconds: 60,
    eventTrigger: { eventType: 'google.cloud.pubsub.topic.v1.messagePublished', resource: topic },
  },
  {
    id: 'us-central1-relayOutbox',
    name: 'relayOutbox',
    timeoutSeconds: 60,
    eventTrigger: { eventType: 'pubsub', resource: '' },
    schedule: { schedule: 'every 1 minutes', timeZone: null },
  },
];
const calls: { url: string; id?: string }[] = [];
let answers: number[] = [];
let emulator: Server;
let url: string;
let server: PubSubServer;

beforeAll(async () => {
  emulator = createServer((request, response) => {
    if (request.url === '/backends')
      response.end(JSON.stringify({ backends: [{ functionTriggers }] }));
    else
      void text(request).then(body => {
        calls.push({ url: request.url ?? '', ...(JSON.parse(body) as { id?: string }) });
        response.writeHead(answers.shift() ?? 200).end('boom');
      });
  });
  url = `http://127.0.0.1:${await listenHere(emulator)}`;
  server = await startPubSub();
});
afterAll(async () => {
  await server.stop();
  emulator.closeAllConnections();
  emulator.close();
});

describe('functions in the local stack', () => {
  it('get a message again under the same id until they succeed, then never more', async () => {
    answers = [500, 500];
    await wirePubSub(server, url, await loadedTriggers(url));
    const [host, port] = server.url.split(':');
    const client = new PubSub({ projectId: 'demo-pm-bot', apiEndpoint: `${host}:${port}` });
    const id = await client.topic('task-events').publishMessage({ json: { eventId: 1 } });
    await expect.poll(() => calls.length, { timeout: 8_000 }).toBe(3);
    await wait(1_500);
    const path = '/functions/projects/demo-pm-bot/triggers/us-central1-mirrorTasks-0';
    expect(calls.map(call => [call.url, call.id])).toEqual([
      [path, id],
      [path, id],
      [path, id],
    ]);
    await client.close();
  });

  it('on a schedule can be run at once, and their failure is a failure', async () => {
    const relay = (await loadedTriggers(url)).find(trigger => trigger.schedule);
    if (!relay) throw new Error('no schedule found');
    calls.length = 0;
    await runNow(url, relay);
    expect(calls[0]?.url).toMatch(/us-central1-relayOutbox-0$/);
    answers = [500];
    await expect(runNow(url, relay)).rejects.toThrow(/relayOutbox: 500/);
  });
});
