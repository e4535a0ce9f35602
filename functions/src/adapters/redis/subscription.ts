import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';

export type Subscription = { isLive(): boolean; close(): void };

type Options = {
  url: string;
  token: string;
  channel: string;
  onMessage(message: string): void;
  /** Told each time that listening has begun: what was said before may have been missed. */
  onLive(): void;
};

const againMs = 1_000;

/**
 * Listens to a channel over Upstash's REST protocol, which sends it as server-sent events, and comes
 * back whenever the connection ends. Messages in between are lost: the listener must look for itself.
 */
export const subscribe = (options: Options): Subscription => {
  let current: ClientRequest | undefined;
  let timer: NodeJS.Timeout | undefined;
  let live = false;
  let closed = false;

  const open = (): void => {
    const again = () => {
      live = false;
      if (closed || current !== request) return;
      current = undefined;
      timer = setTimeout(open, againMs).unref();
    };
    const onLine = (line: string) => {
      const [, kind, rest] = /^data: *(\w+),(.*)$/.exec(line) ?? [];
      if (kind === 'subscribe') {
        live = true;
        options.onLive();
      } else if (kind === 'message' && rest !== undefined)
        options.onMessage(rest.slice(rest.indexOf(',') + 1));
    };
    const request = ask(options, response => {
      response.once('close', again).once('error', again);
      if (response.statusCode !== 200) response.destroy();
      else createInterface({ input: response }).on('line', onLine).on('error', again);
    });
    current = request;
    request.on('error', again);
  };
  open();
  return {
    isLive: () => live,
    close: () => {
      closed = true;
      live = false;
      clearTimeout(timer);
      current?.destroy();
    },
  };
};

const ask = (
  { url, token, channel }: Options,
  answered: (response: IncomingMessage) => void,
): ClientRequest => {
  const base = new URL(url);
  const path = `${base.pathname.replace(/\/$/, '')}/subscribe/${encodeURIComponent(channel)}`;
  const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
  const send = base.protocol === 'https:' ? httpsRequest : httpRequest;
  const request = send(base, { path, method: 'POST', headers, agent: false }, answered);
  request.end();
  return request;
};
