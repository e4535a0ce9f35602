import { createHmac } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenHere } from '../../../dev/ports.ts';
import { isAcceptableUrl, isPublicAddress } from '../../src/adapters/webhooks/public-address.ts';
import { webhookSender } from '../../src/adapters/webhooks/sender.ts';
import { callAs, failureOf } from '../support/callers.ts';
import { makeTeam, type Team } from '../support/team.ts';

const inward = [
  'https://127.0.0.1/',
  'https://127.1/',
  'https://0.0.0.0/',
  'https://10.0.0.1/',
  'https://172.16.0.1/',
  'https://192.168.1.1/',
  'https://169.254.169.254/latest/meta-data',
  'https://100.64.0.1/',
  'https://192.0.0.192/',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[fd00::1]/',
  'https://[fe80::1]/',
  'https://[2002:7f00:1::]/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://127.0.0.1./',
  'https://metadata.google.internal/',
  'https://metadata.google.internal./',
  'https://localhost/',
  'https://app.localhost/',
  'https://printer.local/',
  'https://intranet/',
];
const malformed = [
  'http://example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'https://example.com:8443/',
  'https://example.com:22/',
  'https://user@example.com/',
  'https://user:pass@example.com/',
  'https://example.com@127.0.0.1/',
  'javascript:alert(1)',
  'https://',
  'example.com',
];

describe('addresses', () => {
  it.each([...inward, ...malformed])('refuses %s as it stands', url => {
    expect(isAcceptableUrl(url)).toBe(false);
  });

  it.each(['https://example.com/hook?x=1', 'https://1.1.1.1/', 'https://[2606:4700::1111]/'])(
    'takes %s',
    url => {
      expect(isAcceptableUrl(url)).toBe(true);
    },
  );

  it('knows no address in what is not one', () => {
    expect(isPublicAddress('example.com')).toBe(false);
  });
});

describe('saving a webhook', () => {
  let team: Team;
  beforeAll(async () => {
    team = await makeTeam();
  });
  const save = (url: string) =>
    failureOf(callAs(team.owner, 'createWebhook', { projectId: team.projectId, url }));

  it.each([
    ...inward.slice(0, 6),
    ...malformed.slice(0, 4),
    'https://name.that.does.not.exist.invalid/',
  ])('refuses %s', async url => {
    expect(await save(url)).toBe('validation_failed');
  });
});

describe('sending', () => {
  let port = 0;
  let answer: RequestListener = (_request, response) => response.writeHead(204).end();
  const received: { headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      answer(request, response);
    });
  });
  beforeAll(async () => {
    port = await listenHere(server);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const now = new Date('2026-03-01T12:00:00Z');
  const message = { deliveryId: 7, type: 'task.created', body: '{"id":1}' };
  /** Believes that example.com is public, and reaches it here, without TLS. */
  const sender = (addresses: string[][] = [['93.184.216.34']], at = port, timeoutMs?: number) => {
    let turn = 0;
    return webhookSender({
      now: () => now,
      resolve: async () => addresses[Math.min(turn++, addresses.length - 1)] ?? [],
      connection: { agent: undefined, createConnection: () => connect(at, '127.0.0.1') },
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
  };
  const send = (url = 'https://example.com/hook?a=1', by = sender()) =>
    by.send(url, 'secret', message);

  it('signs time and body, and sends nothing else of ours', async () => {
    expect(await send()).toEqual({ status: 204, error: null });
    const { headers, body } = received.at(-1) ?? { headers: {}, body: '' };
    const seconds = now.getTime() / 1_000;
    const expected = createHmac('sha256', 'secret').update(`${seconds}.${body}`).digest('hex');
    expect(headers).toMatchObject({
      host: 'example.com',
      'x-pmbot-signature': `t=${seconds},v1=${expected}`,
      'x-pmbot-delivery': '7',
    });
    expect(Object.keys(headers)).not.toContain('metadata-flavor');
    expect(Object.keys(headers)).not.toContain('authorization');
  });

  it('looks again when it connects: a name that turned inward is not followed', async () => {
    const turning = sender([['93.184.216.34'], []]);
    expect(await turning.accepts('https://example.com/')).toBe(true);
    const before = received.length;
    expect(await send(undefined, turning)).toEqual({ status: null, error: 'not_public' });
    expect(received).toHaveLength(before);
  });

  it('refuses an inward address that slipped into the database', async () => {
    expect(await send('https://127.0.0.1/')).toEqual({ status: null, error: 'not_public' });
  });

  it('follows no redirect', async () => {
    answer = (_request, response) =>
      response.writeHead(302, { location: 'https://169.254.169.254/' }).end();
    const before = received.length;
    expect(await send()).toEqual({ status: 302, error: 'bad_status' });
    expect(received).toHaveLength(before + 1);
  });

  it('stops reading an endless answer and keeps none of it', async () => {
    answer = (_request, response) => {
      response.writeHead(200);
      const pour = setInterval(() => response.write('x'.repeat(16_384)), 1);
      response.on('close', () => clearInterval(pour));
    };
    expect(await send()).toEqual({ status: null, error: 'too_large' });
  });

  it.each<[string, RequestListener]>([
    ['never answers', () => undefined],
    [
      'never ends',
      (_request, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('waits for nobody who %s', async (_name, listener) => {
    answer = listener;
    const impatient = sender(undefined, undefined, 200);
    expect(await send(undefined, impatient)).toEqual({ status: null, error: 'timeout' });
  });

  it('says only that nobody answered', async () => {
    const nowhere = sender(undefined, 1);
    expect(await send(undefined, nowhere)).toEqual({ status: null, error: 'unreachable' });
  });
});
