import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient, ErrorReply, RESP_TYPES } from '@redis/client';

const firstConnectionMs = 500;

export type Command = string[];
export type Reply = { result: unknown } | { error: string };

/** Redis could not be asked; unlike an error it answers with. */
export class Unreachable extends Error {}

export type Commands = {
  run: (command: Command) => Promise<Reply>;
  /** One transaction. A single reply when Redis refused it as a whole. */
  transaction: (commands: Command[]) => Promise<Reply[] | Reply>;
  /** Listens to a channel on a connection of its own; `ended` is told when that is gone. */
  subscribe: (
    channel: string,
    told: { ready(): void; message(text: string): void; ended(): void },
  ) => { close: () => void };
  /** Settles with the first connection, or soon without one. */
  connected: Promise<unknown>;
  close: () => void;
};

/** Raw commands over one connection, which comes back by itself whenever Redis does. */
export const redisCommands = (url: string): Commands => {
  const client = createClient({
    url,
    RESP: 2,
    // Waiting for a Redis that is away would hide that it is away.
    disableOfflineQueue: true,
    socket: { reconnectStrategy: tries => Math.min(50 * tries, 500), connectTimeout: 1_000 },
    commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
  });
  client.on('error', () => undefined);
  const connected = Promise.race([
    client.connect().catch(() => undefined),
    wait(firstConnectionMs, undefined, { ref: false }),
  ]);
  const scripts = scriptNames();
  const send = (command: Command) =>
    settle(client.sendCommand<unknown>(scripts.translate(command)));

  /** Sent in one go, so that no other request's command can come between. */
  const transaction = async (commands: Command[]): Promise<Reply[] | Reply> => {
    const replies = Promise.all([['MULTI'], ...commands, ['EXEC']].map(send));
    const outcome = (await replies).at(-1);
    if (!outcome || 'error' in outcome || !Array.isArray(outcome.result))
      return outcome ?? { error: 'ERR no reply' };
    return outcome.result.map(asReply);
  };
  const subscribe: Commands['subscribe'] = (channel, { ready, message, ended }) => {
    const listener = client.duplicate({
      disableOfflineQueue: false,
      commandOptions: {},
      // What is said meanwhile is lost, so whoever listens must hear that it was interrupted.
      socket: { reconnectStrategy: false, connectTimeout: 1_000 },
    });
    listener.on('error', ended);
    listener.on('end', ended);
    listener
      .connect()
      .then(() => listener.subscribe(channel, message))
      .then(ready, ended);
    return { close: () => listener.destroy() };
  };
  return { run: send, transaction, subscribe, connected, close: () => client.destroy() };
};

const settle = async (pending: Promise<unknown>): Promise<Reply> => {
  try {
    return { result: await pending };
  } catch (error) {
    if (error instanceof ErrorReply) return { error: error.message };
    throw new Unreachable('Redis is not reachable', { cause: error });
  }
};

const asReply = (value: unknown): Reply =>
  value instanceof Error ? { error: value.message } : { result: value };

/**
 * Upstash's rate limiter starts its scripts with "#!lua flags=allow-key-locking", which only their
 * servers understand. Without that line a script has another hash: EVALSHA is told the new one.
 */
const scriptNames = () => {
  const shortened = new Map<string, string>();
  const strip = (script: string): string => {
    if (!script.startsWith('#!lua')) return script;
    const body = script.slice(script.indexOf('\n') + 1);
    shortened.set(hashOf(script), hashOf(body));
    return body;
  };
  const translate = (command: Command): Command => {
    const [name = '', first = '', second = '', ...rest] = command;
    const word = name.toUpperCase();
    if (word === 'EVAL' || word === 'EVAL_RO') return [name, strip(first), ...command.slice(2)];
    if (word === 'EVALSHA' || word === 'EVALSHA_RO')
      return [name, shortened.get(first) ?? first, ...command.slice(2)];
    if (word === 'SCRIPT' && first.toUpperCase() === 'LOAD')
      return [name, first, strip(second), ...rest];
    return command;
  };
  return { translate };
};

const hashOf = (script: string) => createHash('sha1').update(script).digest('hex');
