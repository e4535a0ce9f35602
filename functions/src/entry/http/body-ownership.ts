import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { servesRequests } from '../../platform/config.ts';

const contentTypes = new WeakMap<IncomingMessage, string>();

/** Content type of a request, whether or not it is hidden from the framework. */
export const contentTypeOf = (request: IncomingMessage): string | undefined =>
  contentTypes.get(request) ?? request.headers['content-type'];

let subscribed = false;

/**
 * Keeps the serving framework from parsing request bodies before our code runs: it accepts a gigabyte
 * and answers broken JSON with an HTML page. Its parsers choose by content type, so hiding that leaves the
 * stream to us. Works for Functions Framework and for the functions emulator; must run before either
 * listens, hence at import. Only for functions that serve requests: events are parsed by the framework.
 */
export const ownRequestBodies = (): void => {
  if (subscribed || !servesRequests()) return;
  subscribed = true;
  subscribe('http.server.request.start', message => {
    const { request } = message as { request: IncomingMessage };
    request.url = wellFormed(request.url ?? '/');
    const type = request.headers['content-type'];
    if (type === undefined) return;
    contentTypes.set(request, type);
    delete request.headers['content-type'];
  });
};

/** A malformed escape in the path would get a page of the framework's: it becomes a literal percent sign. */
const wellFormed = (url: string): string => {
  const [path = '', ...query] = url.split('?');
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return [path.replaceAll('%', '%25'), ...query].join('?');
  }
};
