import { type Backlog, backlogOf } from './backlog.ts';
import { alreadyThere, invalid, notFound } from './refusal.ts';
import type { WireMessage, WireSubscription, WireTopic } from './wire.ts';

export type Subscription = { settings: WireSubscription; backlog: Backlog };

export type NewMessage = Partial<Pick<WireMessage, 'data' | 'attributes' | 'orderingKey'>>;

const deletedTopic = '_deleted-topic_';
const defaultDeadlineSeconds = 10;

export type Broker = ReturnType<typeof newBroker>;

/** Topics, subscriptions, and who gets what. Knows nothing of gRPC or HTTP. */
export const newBroker = () => {
  const topics = new Map<string, WireTopic>();
  const subscriptions = new Map<string, Subscription>();
  const changeListeners: ((subscription: Subscription) => void)[] = [];
  // Ids go on rising over restarts: consumers may remember the ones they have seen.
  let lastId = Date.now() * 1_000;

  const topic = (name: string): WireTopic => topics.get(name) ?? fail(notFound(name));
  const subscription = (name: string): Subscription =>
    subscriptions.get(name) ?? fail(notFound(name));
  const attached = (name: string) =>
    [...subscriptions.values()].filter(({ settings }) => settings.topic === name);

  const createTopic = (wanted: WireTopic): WireTopic => {
    if (!/^projects\/[^/]+\/topics\/[^/]+$/.test(wanted.name))
      throw invalid(`Bad topic name ${wanted.name}`);
    if (topics.has(wanted.name)) throw alreadyThere(wanted.name);
    topics.set(wanted.name, wanted);
    return wanted;
  };

  const deleteTopic = (name: string): void => {
    topics.delete(topic(name).name);
    for (const { settings } of attached(name)) settings.topic = deletedTopic;
  };

  const publish = (name: string, messages: NewMessage[]): string[] => {
    topic(name);
    for (const message of messages) requireContent(message);
    return messages.map(message => deliver(name, message));
  };

  const deliver = (name: string, { data, attributes, orderingKey }: NewMessage): string => {
    const now = Date.now();
    const message: WireMessage = {
      data: data ?? Buffer.alloc(0),
      attributes: attributes ?? {},
      orderingKey: orderingKey ?? '',
      messageId: String(++lastId),
      publishTime: { seconds: Math.floor(now / 1_000), nanos: (now % 1_000) * 1e6 },
    };
    for (const { backlog } of attached(name)) backlog.add(message);
    return message.messageId;
  };

  const createSubscription = (wanted: WireSubscription): WireSubscription => {
    if (!/^projects\/[^/]+\/subscriptions\/[^/]+$/.test(wanted.name))
      throw invalid(`Bad subscription name ${wanted.name}`);
    if (wanted.filter) throw invalid('This local server knows no filters');
    if (subscriptions.has(wanted.name)) throw alreadyThere(wanted.name);
    topic(wanted.topic);
    const settings = {
      ...wanted,
      ackDeadlineSeconds: wanted.ackDeadlineSeconds || defaultDeadlineSeconds,
    };
    const giveUp = (message: WireMessage, attempts: number) =>
      sendToDeadLetters(settings, message, attempts);
    const made = { settings, backlog: backlogOf(() => settings, giveUp) };
    subscriptions.set(wanted.name, made);
    for (const listener of changeListeners) listener(made);
    return settings;
  };

  const sendToDeadLetters = (
    { deadLetterPolicy, name, topic: source }: WireSubscription,
    message: WireMessage,
    attempts: number,
  ): boolean => {
    const target = deadLetterPolicy?.deadLetterTopic;
    const limit = deadLetterPolicy?.maxDeliveryAttempts || 5;
    if (!target || attempts < limit || !topics.has(target)) return false;
    const told = {
      CloudPubSubDeadLetterSourceDeliveryCount: String(attempts),
      CloudPubSubDeadLetterSourceSubscription: name.split('/').at(-1) ?? '',
      CloudPubSubDeadLetterSourceSubscriptionProject: name.split('/')[1] ?? '',
      CloudPubSubDeadLetterSourceTopic: source,
    };
    deliver(target, { ...message, attributes: { ...message.attributes, ...told } });
    return true;
  };

  const changeSubscription = (
    name: string,
    changes: Partial<WireSubscription>,
  ): WireSubscription => {
    const found = subscription(name);
    Object.assign(found.settings, changes);
    for (const listener of changeListeners) listener(found);
    return found.settings;
  };

  const deleteSubscription = (name: string): void => {
    const found = subscription(name);
    subscriptions.delete(name);
    found.settings.pushConfig = null;
    for (const listener of changeListeners) listener(found);
    found.backlog.close();
  };

  return {
    topic,
    subscription,
    createTopic,
    deleteTopic,
    publish,
    createSubscription,
    changeSubscription,
    deleteSubscription,
    topics: (project: string) => within(topics.values(), project, one => one.name),
    subscriptions: (project: string) =>
      within(subscriptions.values(), project, one => one.settings.name).map(one => one.settings),
    subscriptionsOf: (name: string) => attached(topic(name).name).map(one => one.settings.name),
    /** Tells of every subscription that appears, changes or (without push endpoint) goes. */
    onChange: (listener: (subscription: Subscription) => void) =>
      void changeListeners.push(listener),
    close: () => {
      for (const { backlog } of subscriptions.values()) backlog.close();
    },
  };
};

const fail = (error: Error): never => {
  throw error;
};

const requireContent = ({ data, attributes }: NewMessage): void => {
  if (!data?.length && Object.keys(attributes ?? {}).length === 0)
    throw invalid('A message needs data or attributes');
};

const within = <T>(all: Iterable<T>, project: string, nameOf: (one: T) => string): T[] =>
  [...all].filter(one => nameOf(one).startsWith(`${project}/`));
