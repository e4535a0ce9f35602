import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { loopback, type Part } from './part.ts';
import { listenHere } from './ports.ts';
import {
  type Command,
  type Commands,
  type Reply,
  redisCommands,
  Unreachable,
} from './redis-commands.ts';

export type BridgeOptions = { redisUrl: string; token: string; port?: number };

class BadRequest extends Error {}

/** Speaks Upstash's REST protocol in front of an ordinary Redis. */
export const startRedisBridge = async (options: BridgeOptions): Promise<Part> => {
  const commands = redisCommands(options.redisUrl);
  await commands.connected;
  const server = createServer((request, response) => {
    void handle(request, response, commands, options.token);
  });
  const port = await listenHere(server, options.port);
  const exited = new Promise<string>(resolve => server.once('close', () => resolve('closed')));
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    commands.close();
    await exited;
  };
  return { port, url: `http://${loopback}:${port}`, exited, stop };
};

const handle = async (
  request: IncomingMessage,
  response: ServerResponse,
  commands: Commands,
  token: string,
): Promise<void> => {
  const base64 = request.headers['upstash-encoding'] === 'base64';
  const answer = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  try {
    const url = new URL(request.url ?? '/', 'http://bridge');
    if (!mayEnter(request, url, token)) return void answer(401, { error: 'Unauthorized' });
    const channel = /^\/subscribe\/([^/]+)$/.exec(url.pathname)?.[1];
    if (channel) return stream(response, commands, decodeURIComponent(channel));
    const reply = await respond(request, url, commands);
    const failed = !Array.isArray(reply) && 'error' in reply;
    answer(failed ? 400 : 200, encode(reply, base64));
  } catch (error) {
    if (error instanceof BadRequest) answer(400, { error: error.message });
    else if (error instanceof Unreachable) answer(503, { error: error.message });
    else answer(500, { error: 'ERR bridge failure' });
  }
};

/** Upstash's form of SUBSCRIBE: server-sent events, `data: message,<channel>,<text>`. */
const stream = (response: ServerResponse, commands: Commands, channel: string): void => {
  const end = () => void response.end();
  const { close } = commands.subscribe(channel, {
    ready: () => {
      // Redis may be gone again by then.
      if (response.writableEnded) return;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: subscribe,${channel},1\n\n`);
    },
    message: said => void response.write(`data: message,${channel},${said}\n\n`),
    ended: end,
  });
  response.once('close', close);
};

const mayEnter = (request: IncomingMessage, url: URL, token: string): boolean => {
  const header = request.headers.authorization?.replace(/^Bearer\s+/i, '');
  const given = Buffer.from(header ?? url.searchParams.get('_token') ?? '');
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
};

const respond = async (
  request: IncomingMessage,
  url: URL,
  commands: Commands,
): Promise<Reply | Reply[]> => {
  const body = await text(request);
  const path = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  if (path.length === 0) return commands.run(commandOf(parse(body)));
  if (path[0] === 'pipeline') return Promise.all(listOf(parse(body)).map(commands.run));
  if (path[0] === 'multi-exec') return commands.transaction(listOf(parse(body)));
  const options = [...url.searchParams].filter(([name]) => name !== '_token').flat();
  return commands.run([...path, ...(body ? [body] : []), ...options.filter(Boolean)]);
};

const parse = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    throw new BadRequest('ERR failed to parse the request body as JSON');
  }
};

const listOf = (value: unknown): Command[] => {
  if (!Array.isArray(value)) throw new BadRequest('ERR expected an array of commands');
  return value.map(commandOf);
};

const commandOf = (value: unknown): Command => {
  if (!Array.isArray(value) || value.length === 0)
    throw new BadRequest('ERR expected a command as a non-empty array');
  return value.map(part => (typeof part === 'string' ? part : JSON.stringify(part)));
};

const encode = (reply: Reply | Reply[], base64: boolean): unknown => {
  if (Array.isArray(reply)) return reply.map(one => encode(one, base64));
  return 'error' in reply ? reply : { result: encodeValue(reply.result, base64) };
};

/** Status words such as OK travel as they are; everything stored is encoded when asked for. */
const encodeValue = (value: unknown, base64: boolean): unknown => {
  if (Buffer.isBuffer(value)) return value.toString(base64 ? 'base64' : 'utf8');
  if (Array.isArray(value)) return value.map(one => encodeInside(one, base64));
  if (value instanceof Error) return value.message;
  return base64 && typeof value === 'string' && value !== 'OK' ? btoa(value) : value;
};

const encodeInside = (value: unknown, base64: boolean): unknown =>
  base64 && typeof value === 'string' ? btoa(value) : encodeValue(value, base64);
