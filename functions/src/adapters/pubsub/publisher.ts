import type { PubSub, Topic as PubSubTopic } from '@google-cloud/pubsub';
import type { DomainEvent, Topic } from '../../domain/event.ts';
import { config } from '../../platform/config.ts';
import { once } from '../../platform/once.ts';

const client = once(async (): Promise<PubSub> => {
  const { PubSub } = await import('@google-cloud/pubsub');
  return new PubSub({ projectId: config().GCLOUD_PROJECT });
});

const topics = new Map<Topic, PubSubTopic>();

const topicOf = async (name: Topic): Promise<PubSubTopic> => {
  const known = topics.get(name);
  if (known) return known;
  const topic = (await client()).topic(name, {
    messageOrdering: true,
    // A person waits for the answer: send at once rather than wait for company.
    batching: { maxMilliseconds: 1 },
    gaxOpts: { timeout: 5_000 },
  });
  topics.set(name, topic);
  return topic;
};

/** Publishes one event; events of one project arrive in the order in which they were published. */
export const publishEvent = async (name: Topic, event: DomainEvent): Promise<void> => {
  const topic = await topicOf(name);
  const key = event.projectId === null ? undefined : String(event.projectId);
  const { eventId, type, projectId, occurredAt, payload } = event;
  try {
    await topic.publishMessage({
      json: { eventId, type, projectId, occurredAt, payload },
      attributes: { eventId: String(eventId), type },
      ...(key !== undefined && { orderingKey: key }),
    });
  } catch (error) {
    // The client holds back a key after a failure; the outbox sends the event again by itself.
    if (key !== undefined) topic.resumePublishing(key);
    throw error;
  }
};

/** Fails when Pub/Sub does not answer. */
export const pingPubSub = async (): Promise<void> => {
  await (await topicOf('task-events')).exists();
};
