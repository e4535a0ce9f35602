import {
  type CallableFunction,
  type HttpsFunction,
  onCall,
  onRequest,
} from 'firebase-functions/https';
import { onMessagePublished } from 'firebase-functions/pubsub';
import { onSchedule } from 'firebase-functions/scheduler';
import type { DomainEvent, Topic } from '../domain/event.ts';
import { isEmulated } from '../platform/config.ts';
import { callOperation, guardCallable } from './callable.ts';
import { domainEvent } from './event.ts';
import { type HttpHandler, serveHttp } from './http/serve.ts';
import { measureEvent } from './measure.ts';
import type { ServiceName } from './operation-lists.ts';
import { secretNames } from './secrets.ts';
import { services } from './services.ts';

type Sizing = { concurrency?: number; memory?: '256MiB' | '512MiB' };

const region = 'us-central1';
const maxInstances = 20;

const common = { region, maxInstances, secrets: secretNames() };

/** The HTTPS function of a service. */
export const https = (
  name: ServiceName,
  sizing: Sizing = {},
  around: (handler: HttpHandler) => HttpHandler = handler => handler,
): HttpsFunction => onRequest({ ...common, ...sizing }, around(serveHttp(services[name])));

/** The callable function of a service: phones name the operation by sub-path. */
export const callable = (
  name: ServiceName,
  sizing: Sizing = {},
): CallableFunction<unknown, Promise<unknown>> =>
  guardCallable(
    onCall(
      { ...common, ...sizing, cors: false, enforceAppCheck: !isEmulated() },
      callOperation(name, services[name]),
    ),
  );

/** A consumer of a topic: redelivered until it succeeds, so its work must recognise a repeat. */
export const consumer = (topic: Topic, work: (event: DomainEvent) => Promise<unknown>) =>
  onMessagePublished({ ...common, topic, retry: true }, async ({ data }) => {
    await measureEvent(topic, domainEvent.parse(data.message.json), work);
  });

/** Work at fixed times, in UTC. */
export const scheduled = (schedule: string, work: () => Promise<unknown>) =>
  onSchedule({ ...common, schedule, timeZone: 'Etc/UTC' }, async () => {
    await work();
  });
