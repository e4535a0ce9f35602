import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { Broker, Subscription } from './broker.ts';
import { asRefusal } from './refusal.ts';
import type { Received } from './wire.ts';

export type StreamRequest = {
  subscription: string;
  ackIds: string[];
  modifyDeadlineSeconds: number[];
  modifyDeadlineAckIds: string[];
  streamAckDeadlineSeconds: number;
  maxOutstandingMessages: number | string;
};

export type StreamResponse = {
  receivedMessages: Received[];
  subscriptionProperties: { exactlyOnceDeliveryEnabled: boolean; messageOrderingEnabled: boolean };
};

type Call = ServerDuplexStream<StreamRequest, StreamResponse>;

const defaultOutstanding = 1_000;

/** One open stream: the first request says of what, later ones acknowledge and extend. */
export const streamingPull = (broker: Broker, call: Call): void => {
  let close = () => undefined as void;
  let subscription: Subscription | undefined;
  call.on('data', (request: StreamRequest) => {
    try {
      if (!subscription) {
        subscription = broker.subscription(request.subscription);
        close = deliverTo(call, subscription, request);
      }
      settle(subscription, request);
    } catch (error) {
      call.destroy(asRefusal(error));
    }
  });
  call.on('end', () => {
    close();
    call.end();
  });
  for (const event of ['cancelled', 'error', 'close']) call.on(event, () => close());
};

const settle = ({ backlog }: Subscription, request: StreamRequest): void => {
  for (const ackId of request.ackIds) backlog.acknowledge(ackId);
  for (const [index, ackId] of request.modifyDeadlineAckIds.entries())
    backlog.extend(ackId, request.modifyDeadlineSeconds[index] ?? 0);
};

const deliverTo = (call: Call, { backlog, settings }: Subscription, first: StreamRequest) => {
  const limit = Number(first.maxOutstandingMessages) || defaultOutstanding;
  const seconds = first.streamAckDeadlineSeconds || settings.ackDeadlineSeconds || 10;
  const outstanding = new Set<string>();
  const subscriptionProperties = {
    exactlyOnceDeliveryEnabled: false,
    messageOrderingEnabled: settings.enableMessageOrdering === true,
  };
  const send = () => {
    const receivedMessages = backlog.lease(limit - outstanding.size, seconds);
    if (receivedMessages.length === 0) return;
    for (const { ackId } of receivedMessages) outstanding.add(ackId);
    call.write({ receivedMessages, subscriptionProperties });
  };
  const leave = backlog.onAvailable(send);
  const forget = backlog.onSettled(ackId => {
    if (outstanding.delete(ackId)) send();
  });
  send();
  return () => {
    leave();
    forget();
  };
};
