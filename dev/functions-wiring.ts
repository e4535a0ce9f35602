import { topics } from '../functions/src/domain/event.ts';
import { project } from './environment.ts';
import type { PubSubServer } from './pubsub/server.ts';
import { schedule } from './scheduler.ts';

export type Trigger = {
  id: string;
  name: string;
  timeoutSeconds: number;
  eventTrigger?: { eventType: string; resource: string };
  schedule?: { schedule: string; timeZone?: string | null };
};

type Backends = { backends: { functionTriggers: Trigger[] }[] };

/** No scheduled function may keep the stack waiting longer. */
const runLimitMs = 60_000;
const messagePublished = 'google.cloud.pubsub.topic.v1.messagePublished';
/** Beyond the function's own limit, so that its answer is heard. */
const graceSeconds = 10;

/** What the functions emulator has loaded. */
export const loadedTriggers = async (functionsUrl: string): Promise<Trigger[]> => {
  const response = await fetch(`${functionsUrl}/backends`, {
    signal: AbortSignal.timeout(runLimitMs),
  });
  const { backends } = (await response.json()) as Backends;
  return backends.flatMap(backend => backend.functionTriggers);
};

/** The emulator's address that runs a background function. A failed run answers 500. */
export const triggerUrl = (functionsUrl: string, { id }: Pick<Trigger, 'id'>): string =>
  `${functionsUrl}/functions/projects/${project}/triggers/${id}-0`;

/** Pushes each topic's messages to its functions, again and again until they succeed. */
export const wirePubSub = async (
  server: PubSubServer,
  functionsUrl: string,
  triggers: Trigger[],
): Promise<void> => {
  for (const trigger of triggers) {
    const topic = trigger.eventTrigger?.resource ?? '';
    if (trigger.eventTrigger?.eventType !== messagePublished) continue;
    server.pushTo({
      topic,
      subscription: `projects/${project}/subscriptions/function-${trigger.name}`,
      endpoint: triggerUrl(functionsUrl, trigger),
      deadlineSeconds: Math.min(600, trigger.timeoutSeconds + graceSeconds),
    });
  }
  // Afterwards: a message published before its subscription exists would be lost.
  await ensureTopics(server);
};

/** Creates every topic of the product, also where nothing consumes it, as in tests. */
export const ensureTopics = async (server: PubSubServer): Promise<void> => {
  for (const topic of topics) await server.ensureTopic(`projects/${project}/topics/${topic}`);
};

/** Runs each scheduled function at its times. Returns what stops them. */
export const wireSchedules = (
  functionsUrl: string,
  triggers: Trigger[],
  onError: (line: string) => void,
) => {
  const jobs = triggers.flatMap(trigger => {
    if (!trigger.schedule) return [];
    const run = () => runNow(functionsUrl, trigger);
    return [schedule(trigger.name, trigger.schedule, run, onError)];
  });
  return () => {
    for (const job of jobs) job.stop();
  };
};

/** Runs a scheduled function once; fails when the function does. */
export const runNow = async (functionsUrl: string, trigger: Trigger): Promise<void> => {
  const response = await fetch(triggerUrl(functionsUrl, trigger), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-cloudscheduler': 'true' },
    body: '{}',
    signal: AbortSignal.timeout(runLimitMs),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${trigger.name}: ${response.status} ${answer}`);
};
