import type { Broker, Subscription } from './broker.ts';
import { isoOf, type Received, type WireSubscription } from './wire.ts';

/** Push attribute with which a subscription asks for CloudEvents, as Eventarc sends to functions. */
export const envelopeAttribute = 'x-pmbot-envelope';

/** Each parallel call makes the functions emulator start another worker process. */
const parallel = 2;

const accepted = new Set([102, 200, 201, 202, 204]);

/** Delivers to HTTP endpoints; anything but a clear yes within the deadline brings it again. */
export const startPushing = (broker: Broker): { stop: () => void } => {
  const stopping = new AbortController();
  const pushers = new Map<Subscription, () => void>();
  broker.onChange(subscription => {
    const wanted = Boolean(subscription.settings.pushConfig?.pushEndpoint);
    const running = pushers.get(subscription);
    if (wanted && !running) pushers.set(subscription, pushFrom(subscription, stopping.signal));
    if (wanted || !running) return;
    running();
    pushers.delete(subscription);
  });
  return { stop: () => stopping.abort() };
};

const pushFrom = (subscription: Subscription, stopping: AbortSignal) => {
  const { backlog, settings } = subscription;
  let busy = 0;
  const work = () => {
    if (stopping.aborted) return;
    const deadline = settings.ackDeadlineSeconds ?? 10;
    for (const received of backlog.lease(parallel - busy, deadline + 1)) {
      busy += 1;
      void deliver(settings, received, deadline, stopping).then(taken => {
        busy -= 1;
        if (taken) backlog.acknowledge(received.ackId);
        else backlog.extend(received.ackId, 0);
        work();
      });
    }
  };
  const leave = backlog.onAvailable(work);
  work();
  return leave;
};

const deliver = async (
  settings: WireSubscription,
  received: Received,
  seconds: number,
  stopping: AbortSignal,
): Promise<boolean> => {
  const endpoint = settings.pushConfig?.pushEndpoint ?? '';
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(seconds * 1_000)]);
  const isEvent = settings.pushConfig?.attributes?.[envelopeAttribute] === 'cloudevent';
  const type = isEvent ? 'application/cloudevents+json; charset=UTF-8' : 'application/json';
  const body = JSON.stringify(
    isEvent ? cloudEvent(settings, received) : pushBody(settings, received),
  );
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
      signal,
    });
    await response.arrayBuffer();
    return accepted.has(response.status);
  } catch {
    return false;
  }
};

const pushBody = ({ name, deadLetterPolicy }: WireSubscription, received: Received) => {
  const { message, deliveryAttempt } = received;
  const publishTime = isoOf(message);
  return {
    message: {
      data: message.data.toString('base64'),
      attributes: message.attributes,
      messageId: message.messageId,
      message_id: message.messageId,
      publishTime,
      publish_time: publishTime,
      ...(message.orderingKey ? { orderingKey: message.orderingKey } : {}),
    },
    subscription: name,
    ...(deadLetterPolicy?.deadLetterTopic ? { deliveryAttempt } : {}),
  };
};

/** As in production the event's id is the message's id, the same over every redelivery. */
const cloudEvent = (settings: WireSubscription, received: Received) => ({
  specversion: '1.0',
  id: received.message.messageId,
  time: isoOf(received.message),
  type: 'google.cloud.pubsub.topic.v1.messagePublished',
  source: `//pubsub.googleapis.com/${settings.topic}`,
  data: pushBody(settings, received),
});
