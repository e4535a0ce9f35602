import type { RawData } from 'ws';
import { z } from 'zod';
import { Failure, type Text } from '../../platform/failure.ts';
import { parseJson } from '../../platform/json-body.ts';

const id = z.string().regex(/^[\x21-\x7e]{1,64}$/);
const eventId = z.string().regex(/^\d{1,16}-\d{1,10}$/);

/** Fields beyond these are the input of POST /chat/message, which checks them. */
const incoming = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('auth'),
    token: z.string().min(1).max(10_000),
    lastEventId: eventId.optional(),
  }),
  z.looseObject({ type: z.literal('message'), id, idempotencyKey: z.string().optional() }),
  z.strictObject({ type: z.literal('ping'), id: id.optional() }),
]);

export type Incoming = z.output<typeof incoming>;

const textOnly: Text = {
  es: 'Envía texto JSON, no datos binarios.',
  en: 'Send JSON text, no binary data.',
};
const badFrame: Text = {
  es: 'Cada trama es un objeto JSON con "type" (auth, message o ping); los mensajes llevan además "id".',
  en: 'A frame is a JSON object with "type" (auth, message or ping); messages also carry "id".',
};

export const readFrame = (data: RawData, binary: boolean): Incoming => {
  if (binary) throw new Failure('unsupported_media_type', { detail: textOnly });
  const bytes = Buffer.isBuffer(data)
    ? data
    : Buffer.concat([data].flat().map(part => Buffer.from(part as Buffer)));
  const result = incoming.safeParse(parseJson(bytes));
  if (result.success) return result.data;
  const errors = result.error.issues
    .slice(0, 5)
    .map(issue => ({ path: issue.path.join('.'), message: badFrame }));
  throw new Failure('validation_failed', { detail: badFrame, errors });
};

export const readEventId = (given: string | null | undefined): string | undefined =>
  eventId.safeParse(given).data;
