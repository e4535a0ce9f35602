import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Requester } from '@upstash/redis';
import { Failure } from '../../platform/failure.ts';

type Answer = { result?: unknown; error?: string };
type Waiting = {
  command: unknown;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};

const timeoutMs = 2_000;
const retryDelaysMs = [50, 200];

/**
 * Speaks Upstash's REST protocol over kept-alive sockets; the client's own fetch transport costs
 * several times the CPU. Commands sent in the same tick travel as one pipeline.
 */
export const upstashRequester = (url: string, token: string): Requester => {
  const base = new URL(url);
  const secure = base.protocol === 'https:';
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });

  const post = (path: string, body: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const payload = JSON.stringify(body);
      const request = (secure ? httpsRequest : httpRequest)(
        base,
        {
          agent,
          path: `${base.pathname.replace(/\/$/, '')}/${path}`,
          method: 'POST',
          timeout: timeoutMs,
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(payload),
          },
        },
        response => void readAnswer(response).then(resolve, reject),
      );
      request.on('timeout', () => request.destroy(new Error('Redis did not answer in time')));
      request.on('error', error => reject(new RedisAway(error, neverArrived(error, request))));
      request.end(payload);
    });

  const send = batching(commands => persistently(() => post('pipeline', commands)));
  return {
    request: async ({ path, body }) => {
      const joined = path?.join('/') ?? '';
      const answer =
        joined === '' ? await send(body) : await persistently(() => post(joined, body));
      return answer as never;
    },
  };
};

class RedisAway extends Error {
  /** True when the command cannot have been carried out, so that sending it again is safe. */
  readonly neverArrived: boolean;
  constructor(cause: unknown, neverArrived: boolean) {
    super('Redis cannot be reached', { cause });
    this.neverArrived = neverArrived;
  }
}

const neverArrived = (error: NodeJS.ErrnoException, request: { reusedSocket: boolean }): boolean =>
  error.code === 'ECONNREFUSED' || (error.code === 'ECONNRESET' && request.reusedSocket);

const persistently = async <T>(attempt: () => Promise<T>, tried = 0): Promise<T> => {
  try {
    return await attempt();
  } catch (error) {
    const delay = retryDelaysMs[tried];
    const retry = error instanceof RedisAway && error.neverArrived && delay !== undefined;
    if (!retry) throw new Failure('unavailable', { retryAfter: 2, cause: error });
    await new Promise(resolve => setTimeout(resolve, delay));
    return persistently(attempt, tried + 1);
  }
};

const readAnswer = async (response: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  if ((response.statusCode ?? 500) >= 500) throw new RedisAway(response.statusCode, false);
  return JSON.parse(text) as unknown;
};

/** Collects the commands of one tick and sends them together. */
const batching = (sendAll: (commands: unknown[]) => Promise<unknown>) => {
  let waiting: Waiting[] = [];
  const flush = async () => {
    const batch = waiting;
    waiting = [];
    try {
      const answers = (await sendAll(batch.map(item => item.command))) as Answer[];
      for (const [index, item] of batch.entries()) item.resolve(answers[index] ?? {});
    } catch (error) {
      for (const item of batch) item.reject(error);
    }
  };
  return (command: unknown): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (waiting.push({ command, resolve, reject }) === 1) setImmediate(() => void flush());
    });
};
