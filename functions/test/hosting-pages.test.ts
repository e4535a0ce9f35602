import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import superstatic from 'superstatic/lib/superstatic.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenHere } from '../../dev/ports.ts';

const root = join(import.meta.dirname, '..', '..');
const { hosting } = JSON.parse(readFileSync(join(root, 'firebase.json'), 'utf8')) as {
  hosting: object;
};
const pages = readdirSync(join(root, 'public'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('index.html'))
  .map(file => `/${file.replace(/\/?index\.html$/, '')}`);

type Middleware = (...call: [...Parameters<RequestListener>, () => void]) => void;

let server: Server;
let url = '';
// The program that serves files in the hosting emulator, by our firebase.json.
beforeAll(async () => {
  const options = { cwd: root, config: { ...hosting, rewrites: [] } };
  const serve = superstatic(options) as unknown as Middleware;
  server = createServer((request, response) =>
    serve(request, response, () => response.writeHead(404).end()),
  );
  url = `http://127.0.0.1:${await listenHere(server)}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const directives = (policy: string | null): Map<string, string> =>
  new Map(
    (policy ?? '').split(';').map(part => {
      const [name = '', ...sources] = part.trim().split(' ');
      return [name, sources.join(' ')];
    }),
  );

describe.each(pages)('the page %s', page => {
  it('names no one who came from it, and runs nothing but what is ours', async () => {
    const response = await fetch(url + page);
    expect(response.status).toBe(200);
    const { headers } = response;
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000; includeSubDomains/);
    const policy = directives(headers.get('content-security-policy'));
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('script-src') ?? "'none'").toMatch(/^'(self|none)'$/);
    expect(policy.get('frame-ancestors')).toBe("'none'");
    expect(policy.get('base-uri')).toBe("'none'");
  });
});

describe('pages behind links in mails', () => {
  const behindLinks = pages.filter(page => page !== '/' && page !== '/docs');

  it('are those that mails lead to', async () => {
    const { pages: linked } = await import('../src/adapters/mail/wording.ts');
    for (const page of Object.values(linked)) expect(behindLinks).toContain(`/${page}`);
  });

  it.each(behindLinks)('%s is never kept, with and without a slash at its end', async page => {
    for (const form of [page, `${page}/`]) {
      const { headers } = await fetch(url + form);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });
});
