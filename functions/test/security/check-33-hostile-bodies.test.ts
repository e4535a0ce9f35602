import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { bodyLimit } from '../../src/platform/json-body.ts';
import { type Product, serveProduct, type User } from '../support/product.ts';

let product: Product;
let ana: User;
beforeAll(async () => {
  product = await serveProduct();
  ana = await product.signedIn('Ana Torres');
  // The first request loads the service; those that are timed come after it.
  await product.http('GET', '/projects', undefined, { token: ana.accessToken });
  await product.call('projects/listProjects', {}, { token: ana.idToken });
});

type Result = { status: number; text: string; type: string; ms: number };

/** Sends bytes as they are, and reads the answer even when the server hangs up early. */
const send = (
  body: Buffer | string,
  headers: Record<string, string | number> = { 'content-type': 'application/json' },
  path = '/projects',
): Promise<Result> =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const outgoing = request(
      `${product.url}${path}`,
      { method: 'POST', headers: { authorization: `Bearer ${ana.accessToken}`, ...headers } },
      response => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text,
            type: String(response.headers['content-type']),
            ms: performance.now() - started,
          }),
        );
      },
    );
    outgoing.on('error', error => {
      if (!('code' in error) || (error.code !== 'EPIPE' && error.code !== 'ECONNRESET'))
        reject(error);
    });
    outgoing.end(body);
  });

const named = (fields: string) => `{"name":"x",${fields}}`;
const manyKeys = `{${Array.from({ length: 80_000 }, (_, index) => `"k${index}":1`).join(',')}}`;

const hostile: [string, Buffer | string, number[]][] = [
  ['one byte over the limit', `{"name":"${'x'.repeat(bodyLimit - 10)}"}`, [413]],
  ['40 MB', Buffer.alloc(40_000_000, 0x20), [413]],
  ['20,000 nested lists', '['.repeat(20_000) + ']'.repeat(20_000), [400]],
  ['20,000 nested objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, [400]],
  ['80,000 keys', manyKeys, [400]],
  ['__proto__', named('"__proto__":{"isAdmin":true}'), [400]],
  ['__proto__ in settings', named('"settings":{"__proto__":{"isAdmin":true}}'), [400]],
  ['constructor.prototype', named('"constructor":{"prototype":{"isAdmin":true}}'), [400]],
  ['an escaped __proto__', named('"\\u005f_proto__":{"isAdmin":true}'), [400]],
  ['1e400', named('"settings":{"sprintLengthDays":1e400}'), [400]],
  ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), [400]],
  ['broken JSON', '{"name":', [400]],
  ['a bare word', 'nombre', [400]],
  ['NUL bytes', Buffer.from('{"name":"a\u0000b"}'), [400]],
  ['an escaped NUL', '{"name":"a\\u0000b"}', [400]],
  ['a list', '[1]', [400]],
  ['nothing', '', [400]],
];

describe('a hostile body', () => {
  it.each(hostile)('%s', async (_name, body, expected) => {
    const { status, text, type, ms } = await send(body);
    expect(expected).toContain(status);
    expect(type).toBe('application/problem+json; charset=utf-8');
    expect(Object.keys(JSON.parse(text) as object)).toEqual(
      expect.arrayContaining(['type', 'title', 'status', 'detail', 'code', 'requestId']),
    );
    // 200 ms on a machine of one's own; others share this one.
    expect(ms).toBeLessThan(1_000);
  });

  it('with half a character (a lone surrogate) is refused: it is no text', async () => {
    expect((await send('{"name":"\\ud800"}')).status).toBe(400);
    expect((await send('{"name":"x","settings":{"\\udc00":1}}')).status).toBe(400);
  });

  it('that trickles in holds nobody else up', async () => {
    const { hostname, port } = new URL(product.url);
    const headers = {
      authorization: `Bearer ${ana.accessToken}`,
      'content-type': 'application/json',
      'content-length': 100,
    };
    const slow = request({ hostname, port, method: 'POST', path: '/projects', headers });
    slow.on('error', () => undefined);
    const drip = setInterval(() => slow.write(' '), 100);
    const { status } = await send('{"name":"x"}');
    clearInterval(drip);
    slow.destroy();
    expect(status).toBe(201);
  });

  it('with a key twice means the last one, like every JSON reader', async () => {
    const { status, text } = await send('{"name":"uno","name":"dos"}');
    expect([status, (JSON.parse(text) as { name: string }).name]).toEqual([201, 'dos']);
  });

  it('with a BOM is read or refused, never an error of ours', async () => {
    const { status } = await send(Buffer.from('\uFEFF{"name":"x"}'));
    expect([201, 400]).toContain(status);
  });

  it('that is packed is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect((await send(bomb, headers)).status).toBe(415);
  });

  it.each([
    'text/plain',
    'text/html',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/json; charset=utf-16',
    'application/jsonx',
  ])('as %s is not taken', async type => {
    expect((await send('{"name":"x"}', { 'content-type': type })).status).toBe(415);
  });

  it('without a type is not taken', async () => {
    expect((await send('{"name":"x"}', {})).status).toBe(415);
  });

  it('leaves prototypes alone', () => {
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});

describe('hostile queries', () => {
  it.each([
    '__proto__=1',
    'constructor=1',
    '__proto__[isAdmin]=true',
    'limit=1&limit=2',
    'cursor=a&cursor=b',
    'limit=1e400',
    'limit=%00',
    'cursor=%ff%fe',
    'archived=yes',
    `cursor=${'x'.repeat(5_000)}`,
  ])('%s is refused', async query => {
    const answer = await product.http('GET', `/projects?${query}`, undefined, {
      token: ana.accessToken,
    });
    expect(answer.status).toBe(400);
  });

  it.each(['/projects/%00', '/projects/1%2f2', '/projects/٣', '/projects/1e3'])(
    '%s is no project',
    async path => {
      const answer = await product.http('GET', path, undefined, { token: ana.accessToken });
      expect([400, 404]).toContain(answer.status);
    },
  );
});

describe('hostile callable data', () => {
  it.each([
    ['__proto__', '{"data":{"name":"x","__proto__":{"isAdmin":true}}}'],
    ['constructor', '{"data":{"constructor":{"prototype":{"isAdmin":true}}}}'],
    ['unknown @type', '{"data":{"@type":"type.example/none","value":1}}'],
    ['deep nesting', `{"data":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    ['1e400', '{"data":{"limit":1e400}}'],
  ])('with %s is refused', async (_name, body) => {
    const answer = await product.http('POST', '/call/projects/listProjects', body, {
      token: ana.idToken,
    });
    expect(answer.status).toBe(400);
  });
});
