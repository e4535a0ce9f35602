import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { signedUrl } from '../../src/adapters/storage/signed-url.ts';

const key = { id: 'GOOGTEST', secret: 'not-a-secret' };
const bucket = 'pm-bot-files';

type Stored = { type: string; bytes: Buffer };

/** Stands in for Cloud Storage: keeps objects, honours the signature, its age and the size range. */
export const serveStorage = async () => {
  const objects = new Map<string, Stored>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const object = decodeURIComponent(url.pathname.slice(bucket.length + 2));
    if (!isSigned(request.method ?? '', url, object, request.headers))
      return response.writeHead(403).end();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const [, most] = String(request.headers['x-goog-content-length-range'] ?? '1,0').split(',');
      if (request.method === 'PUT') {
        if (bytes.length > Number(most)) return response.writeHead(400).end();
        objects.set(object, { type: String(request.headers['content-type']), bytes });
        return response.writeHead(200).end();
      }
      const found = objects.get(object);
      if (!found) return response.writeHead(404).end();
      if (request.method === 'DELETE') objects.delete(object);
      return response
        .writeHead(request.method === 'DELETE' ? 204 : 200, {
          'content-length': request.method === 'DELETE' ? 0 : found.bytes.length,
          'content-type': found.type,
          'content-disposition': url.searchParams.get('response-content-disposition') ?? '',
        })
        .end(request.method === 'GET' ? found.bytes : undefined);
    });
    return undefined;
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    objects,
    environment: {
      STORAGE_ORIGIN: origin,
      STORAGE_BUCKET: bucket,
      STORAGE_KEY_ID: key.id,
      STORAGE_KEY_SECRET: key.secret,
    },
  };
};

const isSigned = (
  method: string,
  url: URL,
  object: string,
  received: Record<string, string | string[] | undefined>,
): boolean => {
  const parameter = (name: string) => url.searchParams.get(name) ?? '';
  const stamp = parameter('X-Goog-Date');
  const now = new Date(stamp.replace(/^(.{4})(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const seconds = Number(parameter('X-Goog-Expires'));
  if (Date.now() > now.getTime() + seconds * 1_000) return false;
  const names = parameter('X-Goog-SignedHeaders').split(';');
  const headers = Object.fromEntries(
    names.filter(name => name !== 'host').map(name => [name, String(received[name])]),
  );
  const query = Object.fromEntries(
    [...url.searchParams].filter(([name]) => !name.startsWith('X-Goog-')),
  );
  const request = { origin: url.origin, bucket, object, headers, query, now, seconds };
  const expected = signedUrl(key, { method: method as 'GET', ...request });
  return new URL(expected).searchParams.get('X-Goog-Signature') === parameter('X-Goog-Signature');
};
