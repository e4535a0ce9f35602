import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type * as Official from '@google-cloud/pubsub';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Part } from '../part.ts';
import { listenHere } from '../ports.ts';
import { startPubSub } from './server.ts';

const functions = createRequire(join(import.meta.dirname, '../../functions/package.json'));
const official = functions('@google-cloud/pubsub') as typeof Official;
type Message = Official.Message;
type Subscription = Official.Subscription;
type Topic = Official.Topic;

let server: Part;
let client: Official.PubSub;
let topic: Topic;
const open: Subscription[] = [];
let count = 0;

beforeAll(async () => {
  process.env.METADATA_SERVER_DETECTION = 'none';
  server = await startPubSub();
  process.env.PUBSUB_EMULATOR_HOST = server.url;
  client = new official.PubSub({ projectId: 'demo-pm-bot' });
});
afterAll(async () => {
  await client.close();
  await server.stop();
});
beforeEach(async () => {
  [topic] = await client.createTopic(`topic-${++count}`);
});
afterEach(async () => {
  for (const subscription of open.splice(0)) await subscription.close();
});

type SubscriptionOptions = Parameters<Topic['createSubscription']>[1];

const subscribe = async (options: SubscriptionOptions = {}) => {
  const [subscription] = await topic.createSubscription(`sub-${++count}`, options);
  return subscription;
};

/** Collects what arrives; `answer` decides about each message, by default yes. */
const listen = (subscription: Subscription, answer = (message: Message) => message.ack()) => {
  const seen: Message[] = [];
  open.push(subscription);
  subscription.on('message', (message: Message) => {
    seen.push(message);
    answer(message);
  });
  subscription.on('error', () => undefined);
  return seen;
};

const bodies = (seen: Message[]) => seen.map(message => message.data.toString());
const publish = (body: string, orderingKey?: string) =>
  topic.publishMessage({ data: Buffer.from(body), ...(orderingKey ? { orderingKey } : {}) });

const fast = { minimumBackoff: { nanos: 50_000_000 }, maximumBackoff: { nanos: 100_000_000 } };

describe('topics and subscriptions', () => {
  it('can be made, found, listed and removed', async () => {
    const subscription = await subscribe();
    await expect(client.createTopic(topic.name)).rejects.toMatchObject({ code: 6 });
    await expect(topic.createSubscription(subscription.name)).rejects.toMatchObject({ code: 6 });
    expect((await client.getTopics())[0].map(one => one.name)).toContain(topic.name);
    expect((await topic.getSubscriptions())[0].map(one => one.name)).toEqual([subscription.name]);
    await subscription.setMetadata({ ackDeadlineSeconds: 33 });
    expect((await subscription.getMetadata())[0]).toMatchObject({
      ackDeadlineSeconds: 33,
      topic: topic.name,
    });
    await subscription.delete();
    expect(await subscription.exists()).toEqual([false]);
    await topic.delete();
    await expect(publish('late')).rejects.toMatchObject({ code: 5 });
  });

  it('refuse a message with neither data nor attributes', async () => {
    await expect(topic.publishMessage({ data: Buffer.alloc(0) })).rejects.toMatchObject({
      code: 3,
    });
  });
});

describe('streaming delivery', () => {
  it('brings every message to every subscription, once, with all it carries', async () => {
    const [one, two] = [listen(await subscribe()), listen(await subscribe())];
    const id = await topic.publishMessage({
      data: Buffer.from('año'),
      attributes: { type: 'task.created' },
    });
    await expect.poll(() => [one.length, two.length]).toEqual([1, 1]);
    expect(one[0]).toMatchObject({ id, attributes: { type: 'task.created' } });
    expect(bodies(one)).toEqual(['año']);
    expect(Date.now() - Number(one[0]?.publishTime)).toBeLessThan(5_000);
    await wait(300);
    expect(one).toHaveLength(1);
  });

  it('brings a refused message again under the same id, after the wished pause', async () => {
    let refusals = 2;
    const seen = listen(await subscribe({ retryPolicy: fast }), message =>
      refusals-- > 0 ? message.nack() : message.ack(),
    );
    const id = await publish('stubborn');
    await expect.poll(() => seen.length).toBe(3);
    expect(seen.map(message => message.id)).toEqual([id, id, id]);
    await wait(300);
    expect(seen).toHaveLength(3);
  });

  it('brings a message again when nobody acknowledged it in time', async () => {
    const subscription = await subscribe();
    const config = (await client.getClientConfig()) as { port: number };
    const raw = new official.v1.SubscriberClient(config);
    const name = subscription.name;
    const pull = async (returnImmediately = false) => {
      const [answer] = await raw.pull({ subscription: name, maxMessages: 5, returnImmediately });
      return answer.receivedMessages?.[0];
    };
    const id = await publish('forgotten');
    const first = await pull();
    const ackId = first?.ackId ?? '';
    expect(await pull(true)).toBeUndefined();
    await raw.modifyAckDeadline({ subscription: name, ackIds: [ackId], ackDeadlineSeconds: 1 });
    const second = await pull();
    expect([first?.message?.messageId, second?.message?.messageId]).toEqual([id, id]);
    await raw.acknowledge({ subscription: name, ackIds: [second?.ackId ?? ''] });
    await raw.close();
  });

  it('keeps the order of a key over refusals while other keys go on', async () => {
    const subscription = await subscribe({ enableMessageOrdering: true, retryPolicy: fast });
    topic.setPublishOptions({ messageOrdering: true });
    const refused = new Set<string>();
    const seen = listen(subscription, message => {
      const first = !refused.has(message.id);
      refused.add(message.id);
      return message.orderingKey === 'a' && first ? message.nack() : message.ack();
    });
    await Promise.all(['a1', 'b1', 'a2', 'b2', 'a3'].map(body => publish(body, body[0])));
    await expect.poll(() => seen.length, { timeout: 5_000 }).toBe(8);
    expect(bodies(seen).filter(body => body.startsWith('a'))).toEqual([
      'a1',
      'a1',
      'a2',
      'a2',
      'a3',
      'a3',
    ]);
    expect(bodies(seen).filter(body => body.startsWith('b'))).toEqual(['b1', 'b2']);
  });

  it('gives a message up to the dead letters after the agreed attempts', async () => {
    const [dead] = await client.createTopic(`dead-${++count}`);
    const [grave] = await dead.createSubscription(`grave-${count}`);
    const buried = listen(grave);
    const deadLetterPolicy = { deadLetterTopic: dead.name, maxDeliveryAttempts: 5 };
    const seen = listen(await subscribe({ retryPolicy: fast, deadLetterPolicy }), message =>
      message.nack(),
    );
    await publish('hopeless');
    await expect.poll(() => buried.length, { timeout: 5_000 }).toBe(1);
    expect(seen.map(message => message.deliveryAttempt)).toEqual([1, 2, 3, 4, 5]);
    expect(bodies(buried)).toEqual(['hopeless']);
    expect(buried[0]?.attributes).toMatchObject({ CloudPubSubDeadLetterSourceDeliveryCount: '5' });
  });

  it('holds back when the receiver wants only so many at once', async () => {
    const subscription = await subscribe();
    const waiting: Message[] = [];
    subscription.setOptions({ flowControl: { maxMessages: 2, allowExcessMessages: false } });
    const seen = listen(subscription, message => void waiting.push(message));
    await Promise.all(['1', '2', '3'].map(body => publish(body)));
    await expect.poll(() => seen.length).toBe(2);
    await wait(200);
    expect(seen).toHaveLength(2);
    waiting[0]?.ack();
    await expect.poll(() => seen.length).toBe(3);
    for (const message of waiting) message.ack();
  });
});

describe('push delivery', () => {
  type Call = { type: string | undefined; body: { message: { messageId: string; data: string } } };
  const calls: Call[] = [];
  let endpoint: Server;
  let url: string;
  let answers: (number | 'silence')[];

  beforeEach(async () => {
    calls.length = 0;
    answers = [];
    endpoint = createServer((request, response) => {
      void text(request).then(body => {
        calls.push({
          type: request.headers['content-type'],
          body: JSON.parse(body) as Call['body'],
        });
        const answer = answers.shift() ?? 200;
        if (answer !== 'silence') response.writeHead(answer).end();
      });
    });
    url = `http://127.0.0.1:${await listenHere(endpoint)}/`;
  });
  afterEach(() => {
    endpoint.closeAllConnections();
    endpoint.close();
  });

  it('tries again after a failure or silence until the endpoint agrees', async () => {
    answers = [500, 'silence', 404];
    await subscribe({ pushEndpoint: url, retryPolicy: fast, ackDeadlineSeconds: 1 });
    const id = await publish('hola');
    await expect.poll(() => calls.length, { timeout: 5_000 }).toBe(4);
    await wait(300);
    expect(calls.map(call => call.body.message.messageId)).toEqual([id, id, id, id]);
    expect(atob(calls[0]?.body.message.data ?? '')).toBe('hola');
  });

  it('sends CloudEvents when asked, with the message id as event id', async () => {
    await subscribe({
      pushConfig: { pushEndpoint: url, attributes: { 'x-pmbot-envelope': 'cloudevent' } },
    });
    const id = await publish('hola');
    await expect.poll(() => calls.length).toBe(1);
    expect(calls[0]?.type).toContain('application/cloudevents+json');
    expect(calls[0]?.body).toMatchObject({
      id,
      type: 'google.cloud.pubsub.topic.v1.messagePublished',
      source: `//pubsub.googleapis.com/${topic.name}`,
      data: { message: { messageId: id } },
    });
  });

  it('stops when the subscription goes', async () => {
    const subscription = await subscribe({ pushEndpoint: url });
    await subscription.delete();
    await publish('nobody');
    await wait(200);
    expect(calls).toEqual([]);
  });
});
