import { createHash, createHmac } from 'node:crypto';

export type SigningKey = { id: string; secret: string };

type Request = {
  method: 'GET' | 'PUT' | 'HEAD' | 'DELETE';
  origin: string;
  bucket: string;
  object: string;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  now: Date;
  seconds: number;
};

// RFC 3986, which is stricter than encodeURIComponent.
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** Signs one request to Cloud Storage (V4 with an HMAC key): whoever has the URL may make just that. */
export const signedUrl = ({ id, secret }: SigningKey, request: Request): string => {
  const { method, origin, bucket, object, headers = {}, query = {}, now, seconds } = request;
  const stamp = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const day = stamp.slice(0, 8);
  const scope = `${day}/auto/storage/goog4_request`;
  const signedHeaders: Record<string, string> = { host: new URL(origin).host, ...headers };
  const names = Object.keys(signedHeaders).toSorted();
  const parameters = {
    ...query,
    'X-Goog-Algorithm': 'GOOG4-HMAC-SHA256',
    'X-Goog-Credential': `${id}/${scope}`,
    'X-Goog-Date': stamp,
    'X-Goog-Expires': String(seconds),
    'X-Goog-SignedHeaders': names.join(';'),
  };
  const path = `/${encoded(bucket)}/${object.split('/').map(encoded).join('/')}`;
  const queryText = Object.entries(parameters)
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join('&');
  const headerText = names.map(name => `${name}:${signedHeaders[name]}\n`).join('');
  const canonical = [method, path, queryText, headerText, names.join(';'), 'UNSIGNED-PAYLOAD'];
  const toSign = ['GOOG4-HMAC-SHA256', stamp, scope, sha256(canonical.join('\n'))].join('\n');
  const key = ['auto', 'storage', 'goog4_request'].reduce(hmac, hmac(`GOOG4${secret}`, day));
  return `${origin}${path}?${queryText}&X-Goog-Signature=${hmac(key, toSign).toString('hex')}`;
};
