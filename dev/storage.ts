import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { loopback, type Part } from './part.ts';
import { listenHere } from './ports.ts';
import { allowed, Refused, type StorageKey } from './storage-signature.ts';

export const storageBucket = 'pm-bot-files';
export const storageKeyId = 'GOOGLOCAL';

export type StorageOptions = {
  key: StorageKey;
  port?: number;
  /** Where files are kept between runs; without it they go when the server stops. */
  dataDir?: string;
  /** Origins whose pages may send and fetch files, as a bucket's CORS configuration lists them. */
  origins?: string[];
};

type Place = { bytes: string; type: string };

/**
 * Stands in for Cloud Storage: the part of its XML API that signed URLs use. PUT, GET, HEAD and DELETE of
 * one object, each only with a signature that is right, in time and for exactly these headers.
 */
export const startStorage = async (options: StorageOptions): Promise<Part> => {
  const folder = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'pm-bot-storage-')));
  await mkdir(folder, { recursive: true });
  const server = createServer((request, response) => {
    void answer(request, response, options, folder).catch((error: unknown) =>
      refuse(response, error),
    );
  });
  const port = await listenHere(server, options.port);
  const exited = new Promise<string>(resolve => server.once('close', () => resolve('closed')));
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await exited;
    if (!options.dataDir) await rm(folder, { recursive: true, force: true });
  };
  return { port, url: `http://${loopback}:${port}`, exited, stop };
};

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  { key, origins = [] }: StorageOptions,
  folder: string,
): Promise<void> => {
  const { origin } = request.headers;
  if (origin && origins.includes(origin)) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('vary', 'Origin');
  }
  if (request.method === 'OPTIONS') return preflight(response);
  const { bucket, object, query } = allowed(request, key, new Date());
  if (bucket !== storageBucket) throw new Refused(404, 'NoSuchBucket');
  const name = createHash('sha256').update(object).digest('hex');
  const place = { bytes: join(folder, name), type: join(folder, `${name}.type`) };
  if (request.method === 'PUT') return store(request, response, place);
  if (request.method === 'DELETE') return remove(response, place);
  return send(request, response, place, query);
};

const preflight = (response: ServerResponse): void => {
  if (response.hasHeader('access-control-allow-origin')) {
    response.setHeader('access-control-allow-methods', 'GET, HEAD, PUT');
    const headers = 'Content-Type, X-Goog-Content-Length-Range';
    response.setHeader('access-control-allow-headers', headers);
    response.setHeader('access-control-max-age', '3600');
  }
  response.writeHead(200).end();
};

/** Keeps a file under its name only once all of it is there, as Cloud Storage does. */
const store = async (request: IncomingMessage, response: ServerResponse, place: Place) => {
  const range = /^(\d+),(\d+)$/.exec(String(request.headers['x-goog-content-length-range'] ?? ''));
  const [least, most] = range ? [Number(range[1]), Number(range[2])] : [0, Number.MAX_SAFE_INTEGER];
  const coming = `${place.bytes}.${process.hrtime.bigint()}`;
  let size = 0;
  try {
    await pipeline(
      request,
      async function* measured(chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          size += chunk.length;
          if (size > most) throw new Refused(400, 'EntityTooLarge');
          yield chunk;
        }
      },
      createWriteStream(coming),
    );
    if (size < least) throw new Refused(400, 'EntityTooSmall');
    await writeFile(place.type, request.headers['content-type'] ?? 'application/octet-stream');
    await rename(coming, place.bytes);
  } finally {
    await rm(coming, { force: true });
  }
  response.writeHead(200, { 'content-length': 0 }).end();
};

const remove = async (response: ServerResponse, place: Place): Promise<void> => {
  await sizeOf(place);
  await rm(place.bytes, { force: true });
  await rm(place.type, { force: true });
  response.writeHead(204).end();
};

const send = async (
  request: IncomingMessage,
  response: ServerResponse,
  place: Place,
  query: URLSearchParams,
): Promise<void> => {
  const disposition = query.get('response-content-disposition');
  response.writeHead(200, {
    'content-length': await sizeOf(place),
    'content-type': await readFile(place.type, 'utf8'),
    ...(disposition && { 'content-disposition': disposition }),
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(place.bytes), response);
};

const sizeOf = async ({ bytes }: Place): Promise<number> => {
  const found = await stat(bytes).catch(() => undefined);
  if (!found) throw new Refused(404, 'NoSuchKey');
  return found.size;
};

/** Errors come as XML, with a code that says why. */
const refuse = (response: ServerResponse, error: unknown): void => {
  const { status, code } = error instanceof Refused ? error : new Refused(500, 'InternalError');
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': 'application/xml', connection: 'close' });
  response.end(`<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code></Error>`);
};
