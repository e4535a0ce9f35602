import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloudStorage } from '../functions/src/adapters/storage/cloud-storage.ts';
import { signedUrl } from '../functions/src/adapters/storage/signed-url.ts';
import type { Part } from './part.ts';
import { startStorage, storageBucket, storageKeyId } from './storage.ts';

const key = { id: storageKeyId, secret: 'not-a-secret' };
const origin = 'http://127.0.0.1:5000';
let dataDir: string;
let server: Part;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'storage-test-'));
  server = await startStorage({ key, dataDir, origins: [origin] });
});
afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true });
});

const storageAt = (now: Date, used = key) =>
  cloudStorage({ origin: server.url, bucket: storageBucket, key: used, clock: () => now });
const now = () => storageAt(new Date());
const minutesAgo = (count: number) => storageAt(new Date(Date.now() - count * 60_000));

const upload = (from: ReturnType<typeof now>, object = 'a/b c', body = 'hola') => {
  const { url, method, headers } = from.uploadLink(object, 'text/plain', 4);
  return fetch(url, { method, headers, body });
};
const outcome = async (answering: Promise<Response>) => {
  const answer = await answering;
  return [answer.status, /<Code>(\w+)</.exec(await answer.text())?.[1]];
};

describe('storage with signed URLs', () => {
  it('keeps a file with its type, also over a restart, until it is deleted', async () => {
    expect((await upload(now())).status).toBe(200);
    const { port } = server;
    await server.stop();
    server = await startStorage({ key, dataDir, port, origins: [origin] });
    const got = await fetch(now().downloadLink('a/b c', 'año "1".txt').url);
    expect(await got.text()).toBe('hola');
    expect(got.headers.get('content-type')).toBe('text/plain');
    expect(got.headers.get('content-disposition')).toContain("filename*=UTF-8''a%C3%B1o%20%221%22");
    expect(await now().sizeOf('a/b c')).toBe(4);
    await now().remove('a/b c');
    expect(await now().sizeOf('a/b c')).toBeUndefined();
  });

  it('refuses what is late, early, signed with another key or not at all', async () => {
    expect(await outcome(upload(minutesAgo(16)))).toEqual([400, 'ExpiredToken']);
    expect(await outcome(upload(minutesAgo(-20)))).toEqual([403, 'RequestTimeTooSkewed']);
    const other = storageAt(new Date(), { ...key, secret: 'other' });
    expect(await outcome(upload(other))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await outcome(fetch(`${server.url}/${storageBucket}/x`))).toEqual([403, 'AccessDenied']);
  });

  it('refuses another object, method, type, header or lifetime than was signed', async () => {
    const { url, headers } = now().uploadLink('mine', 'text/plain', 4);
    const put = (to = url, more = {}) =>
      outcome(fetch(to, { method: 'PUT', headers: { ...headers, ...more }, body: 'hola' }));
    const wrong = [403, 'SignatureDoesNotMatch'];
    expect(await put(url.replace('/mine', '/yours'))).toEqual(wrong);
    expect(await put(url.replace('Expires=900', 'Expires=9000'))).toEqual(wrong);
    expect(await put(url, { 'content-type': 'text/html' })).toEqual(wrong);
    expect(await put(url, { 'x-goog-content-length-range': '1,400' })).toEqual(wrong);
    expect(await put(url, { 'x-goog-acl': 'public-read' })).toEqual([403, 'AccessDenied']);
    expect(await outcome(fetch(url))).toEqual(wrong);
    expect(await put()).toEqual([200, undefined]);
  });

  it('takes no more and no less than the signed range, and keeps nothing of it', async () => {
    expect(await outcome(upload(now(), 'large', 'demasiado'))).toEqual([400, 'EntityTooLarge']);
    expect(await outcome(upload(now(), 'large', ''))).toEqual([400, 'EntityTooSmall']);
    expect(await now().sizeOf('large')).toBeUndefined();
    const elsewhere = signedUrl(key, {
      method: 'GET',
      origin: server.url,
      bucket: 'another',
      object: 'x',
      now: new Date(),
      seconds: 60,
    });
    expect(await outcome(fetch(elsewhere))).toEqual([404, 'NoSuchBucket']);
  });

  it('lets pages of the listed origins send files, and no others', async () => {
    const ask = async (from: string) => {
      const { url } = now().uploadLink('x', 'text/plain', 4);
      const asking = { origin: from, 'access-control-request-method': 'PUT' };
      const answer = await fetch(url, { method: 'OPTIONS', headers: asking });
      return answer.headers.get('access-control-allow-origin');
    };
    expect(await ask(origin)).toBe(origin);
    expect(await ask('https://evil.example')).toBeNull();
  });
});
