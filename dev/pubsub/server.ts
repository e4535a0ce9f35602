import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServiceClientConstructor,
} from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import { loopback, type Part } from '../part.ts';
import { type Broker, newBroker } from './broker.ts';
import { envelopeAttribute, startPushing } from './push.ts';
import { publisherService, subscriberService } from './services.ts';

export type PushWish = {
  topic: string;
  subscription: string;
  endpoint: string;
  deadlineSeconds: number;
};

export type PubSubServer = Part & {
  /** Makes the topic if need be and pushes its messages, as CloudEvents, to the endpoint. */
  pushTo: (wish: PushWish) => void;
  ensureTopic: (name: string) => Promise<void>;
};

/** Between two attempts; production waits up to ten minutes. */
const retryPolicy = { minimumBackoff: { seconds: 1 }, maximumBackoff: { seconds: 30 } };

/** A Pub/Sub server for one machine, in memory: what the official clients and our pushes need. */
export const startPubSub = async ({
  port: wanted = 0,
}: {
  port?: number;
} = {}): Promise<PubSubServer> => {
  const broker = newBroker();
  const pushing = startPushing(broker);
  const server = new Server();
  const { Publisher, Subscriber } = definitions();
  server.addService(Publisher.service, publisherService(broker));
  server.addService(Subscriber.service, subscriberService(broker));
  const port = await bind(server, `${loopback}:${wanted}`);
  const { promise: exited, resolve } = Promise.withResolvers<string>();
  const stop = async () => {
    pushing.stop();
    broker.close();
    server.forceShutdown();
    resolve('stopped');
  };
  return {
    port,
    url: `${loopback}:${port}`,
    exited,
    stop,
    pushTo: wish => addPush(broker, wish),
    ensureTopic: async name => ensureTopic(broker, name),
  };
};

const addPush = (broker: Broker, wish: PushWish): void => {
  const pushConfig = {
    pushEndpoint: wish.endpoint,
    attributes: { [envelopeAttribute]: 'cloudevent' },
  };
  const settings = { pushConfig, retryPolicy, ackDeadlineSeconds: wish.deadlineSeconds };
  ensureTopic(broker, wish.topic);
  if (broker.subscriptions(projectOf(wish.topic)).some(({ name }) => name === wish.subscription))
    broker.changeSubscription(wish.subscription, settings);
  else broker.createSubscription({ name: wish.subscription, topic: wish.topic, ...settings });
};

const ensureTopic = (broker: Broker, name: string): void => {
  if (!broker.topics(projectOf(name)).some(topic => topic.name === name))
    broker.createTopic({ name });
};

const projectOf = (topic: string) => topic.split('/').slice(0, 2).join('/');

const bind = (server: Server, address: string) =>
  new Promise<number>((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });

type Definitions = { Publisher: ServiceClientConstructor; Subscriber: ServiceClientConstructor };

/** The interface as the functions' own client ships it. */
const definitions = (): Definitions => {
  const functions = createRequire(join(import.meta.dirname, '../../functions/package.json'));
  const file = functions.resolve('@google-cloud/pubsub/build/protos/protos.json');
  const json = JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof fromJSON>[0];
  const options = { keepCase: false, longs: Number, enums: String, defaults: true, arrays: true };
  const { google } = loadPackageDefinition(fromJSON(json, options)) as unknown as {
    google: { pubsub: { v1: Definitions } };
  };
  return google.pubsub.v1;
};
