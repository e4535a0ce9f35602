import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { request as httpsRequest, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import type { SendingError, Sent } from '../../domain/webhook.ts';
import { isAcceptableUrl, publicAddressesOf } from './public-address.ts';

export type Message = { deliveryId: number; type: string; body: string };

type Options = {
  now(): Date;
  /** Whom a host name leads to; empty when it leads anywhere private. */
  resolve?: (host: string) => Promise<string[]>;
  /** For tests: where a public address is really reached. */
  connection?: RequestOptions;
  /** For the whole exchange, from connecting to the last byte. */
  timeoutMs?: number;
};

const answerLimit = 65_536;

class Refused extends Error {
  readonly reason: SendingError;
  constructor(reason: SendingError) {
    super(reason);
    this.reason = reason;
  }
}

/** HMAC over time and body: a copy of an old delivery can be told from a fresh one. */
export const signatureOf = (secret: string, seconds: number, body: string): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

/**
 * Posts to addresses that strangers chose. The name is resolved here and the connection made to just that
 * address, so that nothing can change in between; redirects are not followed, answers not kept.
 */
export const webhookSender = ({
  now,
  resolve = publicAddressesOf,
  connection,
  timeoutMs = 8_000,
}: Options) => ({
  /** Whether an address may be saved: fine as it stands, and leading somewhere public now. */
  accepts: async (url: string): Promise<boolean> => {
    if (!isAcceptableUrl(url)) return false;
    return (await resolve(new URL(url).hostname).catch(() => [])).length > 0;
  },

  send: async (url: string, secret: string, message: Message): Promise<Sent> => {
    try {
      const address = isAcceptableUrl(url) ? (await resolve(new URL(url).hostname))[0] : undefined;
      if (address === undefined) throw new Refused('not_public');
      const target = new URL(url);
      const headers = {
        host: target.hostname,
        ...headersFor(message, secret, Math.floor(now().getTime() / 1_000)),
      };
      const options = { ...optionsFor(target, address), headers, ...connection };
      const status = await exchange(options, message.body, timeoutMs);
      return { status, error: status >= 200 && status < 300 ? null : 'bad_status' };
    } catch (error) {
      return { status: null, error: error instanceof Refused ? error.reason : 'unreachable' };
    }
  },
});

const optionsFor = ({ hostname, pathname, search }: URL, address: string): RequestOptions => ({
  host: address,
  port: 443,
  method: 'POST',
  agent: false,
  // The certificate must be that of the name, which the connection no longer knows.
  servername: isIP(hostname.replaceAll(/[[\]]/g, '')) === 0 ? hostname : '',
  setHost: false,
  path: pathname + search,
});

const headersFor = ({ type, deliveryId, body }: Message, secret: string, seconds: number) => ({
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(body),
  'user-agent': 'PM-Bot-Webhook/1',
  'x-pmbot-event': type,
  'x-pmbot-delivery': String(deliveryId),
  'x-pmbot-signature': signatureOf(secret, seconds, body),
});

const exchange = (options: RequestOptions, body: string, timeoutMs: number): Promise<number> => {
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const request = httpsRequest({ ...options, signal }, response => {
      drain(response).then(() => resolve(response.statusCode ?? 0), fail);
    });
    const fail = (error: unknown) => reject(signal.aborted ? new Refused('timeout') : error);
    request.on('error', fail);
    request.end(body);
  });
};

/** Reads an answer away, but not without end. */
const drain = async (response: IncomingMessage): Promise<void> => {
  let size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    if (size > answerLimit) {
      response.destroy();
      throw new Refused('too_large');
    }
  }
};
