/** The parts of google.pubsub.v1 that the local server reads and writes. */
export type Span = { seconds?: number | string | null; nanos?: number | null } | null;

export type WireMessage = {
  data: Buffer;
  attributes: Record<string, string>;
  messageId: string;
  publishTime: { seconds: number; nanos: number };
  orderingKey: string;
};

export type WireTopic = { name: string; labels?: Record<string, string> };

export type PushConfig = { pushEndpoint?: string; attributes?: Record<string, string> } | null;

export type WireSubscription = {
  name: string;
  topic: string;
  pushConfig?: PushConfig;
  ackDeadlineSeconds?: number;
  enableMessageOrdering?: boolean;
  retryPolicy?: { minimumBackoff?: Span; maximumBackoff?: Span } | null;
  deadLetterPolicy?: { deadLetterTopic?: string; maxDeliveryAttempts?: number } | null;
  filter?: string;
};

export type Received = { ackId: string; message: WireMessage; deliveryAttempt: number };

export const milliseconds = (span: Span | undefined, otherwise: number): number =>
  span ? Number(span.seconds ?? 0) * 1_000 + (span.nanos ?? 0) / 1e6 : otherwise;

export const isoOf = ({ publishTime }: WireMessage): string =>
  new Date(publishTime.seconds * 1_000 + Math.floor(publishTime.nanos / 1e6)).toISOString();
