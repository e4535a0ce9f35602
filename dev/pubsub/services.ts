import {
  type handleUnaryCall,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type sendUnaryData,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { Broker, NewMessage } from './broker.ts';
import { asRefusal } from './refusal.ts';
import { type StreamRequest, type StreamResponse, streamingPull } from './streaming-pull.ts';
import type { PushConfig, Received, WireSubscription, WireTopic } from './wire.ts';

const longPollMs = 2_000;

type Handler<Q, A> = (request: Q) => A | Promise<A>;

const unary =
  <Q, A>(handler: Handler<Q, A>): handleUnaryCall<Q, A> =>
  (call: ServerUnaryCall<Q, A>, done: sendUnaryData<A>) =>
    void reply(handler, call.request, done);

const reply = async <Q, A>(handler: Handler<Q, A>, request: Q, done: sendUnaryData<A>) => {
  try {
    const answer = await handler(request);
    done(null, answer);
  } catch (error) {
    done(asRefusal(error));
  }
};

export const publisherService = (broker: Broker): UntypedServiceImplementation => ({
  createTopic: unary((topic: WireTopic) => broker.createTopic(topic)),
  getTopic: unary(({ topic }: { topic: string }) => broker.topic(topic)),
  listTopics: unary(({ project }: { project: string }) => ({ topics: broker.topics(project) })),
  listTopicSubscriptions: unary(({ topic }: { topic: string }) => ({
    subscriptions: broker.subscriptionsOf(topic),
  })),
  deleteTopic: unary(({ topic }: { topic: string }) => {
    broker.deleteTopic(topic);
    return {};
  }),
  publish: unary(({ topic, messages }: { topic: string; messages: NewMessage[] }) => ({
    messageIds: broker.publish(topic, messages),
  })),
});

type AckRequest = { subscription: string; ackIds: string[]; ackDeadlineSeconds: number };
type UpdateRequest = { subscription: WireSubscription; updateMask: { paths: string[] } };
type PushRequest = { subscription: string; pushConfig: PushConfig };
type PullRequest = { subscription: string; maxMessages: number; returnImmediately?: boolean };

export const subscriberService = (broker: Broker): UntypedServiceImplementation => ({
  createSubscription: unary((wanted: WireSubscription) => broker.createSubscription(wanted)),
  getSubscription: unary(
    ({ subscription }: { subscription: string }) => broker.subscription(subscription).settings,
  ),
  listSubscriptions: unary(({ project }: { project: string }) => ({
    subscriptions: broker.subscriptions(project),
  })),
  updateSubscription: unary(({ subscription, updateMask }: UpdateRequest) =>
    broker.changeSubscription(subscription.name, chosen(subscription, updateMask.paths)),
  ),
  modifyPushConfig: unary(({ subscription, pushConfig }: PushRequest) => {
    broker.changeSubscription(subscription, { pushConfig });
    return {};
  }),
  deleteSubscription: unary(({ subscription }: { subscription: string }) => {
    broker.deleteSubscription(subscription);
    return {};
  }),
  acknowledge: unary(({ subscription, ackIds }: AckRequest) => {
    const { backlog } = broker.subscription(subscription);
    for (const ackId of ackIds) backlog.acknowledge(ackId);
    return {};
  }),
  modifyAckDeadline: unary(({ subscription, ackIds, ackDeadlineSeconds }: AckRequest) => {
    const { backlog } = broker.subscription(subscription);
    for (const ackId of ackIds) backlog.extend(ackId, ackDeadlineSeconds);
    return {};
  }),
  pull: unary(async (request: PullRequest) => ({ receivedMessages: await pull(broker, request) })),
  streamingPull: (call: ServerDuplexStream<StreamRequest, StreamResponse>) =>
    streamingPull(broker, call),
});

const chosen = (subscription: WireSubscription, paths: string[]): Partial<WireSubscription> => {
  const camelCase = (path: string) =>
    path.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const names = new Set(paths.map(camelCase));
  return Object.fromEntries(Object.entries(subscription).filter(([name]) => names.has(name)));
};

const pull = async (broker: Broker, request: PullRequest): Promise<Received[]> => {
  const { backlog, settings } = broker.subscription(request.subscription);
  const take = () => backlog.lease(request.maxMessages || 1, settings.ackDeadlineSeconds ?? 10);
  const messages = take();
  if (messages.length > 0 || request.returnImmediately) return messages;
  await new Promise<void>(resolve => {
    const leave = backlog.onAvailable(() => finish());
    const timer = setTimeout(() => finish(), longPollMs);
    const finish = () => {
      leave();
      clearTimeout(timer);
      resolve();
    };
  });
  return take();
};
