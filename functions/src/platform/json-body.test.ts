import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Failure } from './failure.ts';
import { bodyLimit, readJsonBody } from './json-body.ts';

const request = (body: string | Buffer, headers: Record<string, string> = {}): IncomingMessage =>
  Object.assign(Readable.from([Buffer.from(body)]), {
    headers: { 'content-length': String(Buffer.byteLength(body)), ...headers },
  }) as unknown as IncomingMessage;

const codeOf = async (body: string | Buffer, type = 'application/json', headers = {}) => {
  try {
    return await readJsonBody(request(body, headers), type);
  } catch (error) {
    return error instanceof Failure ? error.code : error;
  }
};

describe('readJsonBody', () => {
  it('parses JSON', async () => {
    expect(await codeOf('{"a":[1,"ñ"]}', 'application/json; charset=UTF-8')).toEqual({
      a: [1, 'ñ'],
    });
  });

  it('accepts whole characters that are escaped, and backslashes before a u', async () => {
    expect(await codeOf('{"a":"\\ud83e\\udd99","b":"\\\\ud83e"}')).toEqual({
      a: '🦙',
      b: '\\ud83e',
    });
  });

  it('accepts brackets inside of strings', async () => {
    const title = '['.repeat(500);
    expect(await codeOf(JSON.stringify({ title }))).toEqual({ title });
  });

  it.each([
    ['broken JSON', '{"a":'],
    ['a prototype at the top', '{"__proto__":{"isAdmin":true}}'],
    ['a prototype deeper down', '{"a":[{"__proto__":{"isAdmin":true}}]}'],
    ['an escaped prototype', '{"\\u005f_proto__":{"isAdmin":true}}'],
    ['a constructor prototype', '{"constructor":{"prototype":{"isAdmin":true}}}'],
    ['twenty thousand nested arrays', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['half a character', '{"a":[{"b":"\\ud83d"}]}'],
    ['half a character in a name', '{"\\udc00":1}'],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
  ])('refuses %s', async (_name, body) => {
    expect(await codeOf(body)).toBe('validation_failed');
  });

  it('refuses other media types', async () => {
    expect(await codeOf('a=1', 'application/x-www-form-urlencoded')).toBe('unsupported_media_type');
    expect(await codeOf('{}', 'text/plain')).toBe('unsupported_media_type');
    expect(await codeOf('{}', 'application/json', { 'content-encoding': 'gzip' })).toBe(
      'unsupported_media_type',
    );
  });

  it('refuses one byte over the limit, announced or not', async () => {
    const body = `"${'x'.repeat(bodyLimit - 1)}"`;
    expect(await codeOf(body)).toBe('payload_too_large');
    const silent = { 'content-length': '', 'transfer-encoding': 'chunked' };
    expect(await codeOf(body, 'application/json', silent)).toBe('payload_too_large');
  });

  it('accepts a body of exactly the limit', async () => {
    const body = `"${'x'.repeat(bodyLimit - 2)}"`;
    expect(await codeOf(body)).toHaveLength(bodyLimit - 2);
  });
});
