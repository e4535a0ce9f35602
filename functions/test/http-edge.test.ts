import { beforeAll, describe, expect, it } from 'vitest';
import { type Product, serveProduct, type User } from './support/product.ts';

const origin = 'https://app.example.com';
let product: Product;
let ana: User;
let projectId = 0;
const token = () => ana.accessToken;

beforeAll(async () => {
  product = await serveProduct({ ALLOWED_ORIGINS: origin });
  ana = await product.signedIn('Ana Torres');
  const created = await product.http('POST', '/projects', { name: 'Base' }, { token: token() });
  projectId = Number(created.body['id']);
});

describe('a project over HTTPS', () => {
  it('is created, read with its ETag, changed under If-Match and deleted', async () => {
    const created = await product.http('POST', '/projects', { name: 'Uno' }, { token: token() });
    expect(created).toMatchObject({
      status: 201,
      body: { name: 'Uno', role: 'owner', version: 1, methodology: 'agile' },
    });
    expect(created.headers.get('etag')).toBe('"1"');
    const path = `/projects/${String(created.body['id'])}`;
    const put = (name: string, etag: string) =>
      product.http('PUT', path, { name }, { token: token(), headers: { 'if-match': etag } });
    expect(await put('Dos', '"7"')).toMatchObject({
      status: 412,
      body: { current: { version: 1 } },
    });
    expect(await put('Dos', '"1"')).toMatchObject({
      status: 200,
      body: { name: 'Dos', version: 2 },
    });
    expect((await put('Tres', 'nonsense')).status).toBe(400);
    expect((await product.http('DELETE', path, undefined, { token: token() })).status).toBe(204);
    expect((await product.http('GET', path, undefined, { token: token() })).status).toBe(404);
  });
});

describe('Idempotency-Key', () => {
  const create = (key: string, title: string) =>
    product.http(
      'POST',
      `/projects/${projectId}/tasks`,
      { title },
      { token: token(), headers: { 'idempotency-key': key } },
    );
  const count = async (title: string) => {
    const rows = product.db.selectFrom('tasks').select('id').where('title', '=', title);
    return (await rows.execute()).length;
  };

  it('answers a repeat as the first call and creates once', async () => {
    const first = await create('k-1', 'Una sola vez');
    const second = await create('k-1', 'Una sola vez');
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(await count('Una sola vez')).toBe(1);
  });

  it('creates once when twenty twins arrive together', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => create('k-2', 'Gemelas')));
    expect(new Set(answers.map(answer => answer.body['id'])).size).toBe(1);
    expect(await count('Gemelas')).toBe(1);
  });

  it('refuses the same key with other data', async () => {
    await create('k-3', 'Primera');
    expect(await create('k-3', 'Segunda')).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
  });

  it('forgets a call that failed, so that it can be repeated', async () => {
    expect((await create('k-4', '')).status).toBe(400);
    expect((await create('k-4', 'Ahora sí')).status).toBe(201);
  });
});

describe('problem documents', () => {
  it('speak Spanish, English on request, and carry code and request id', async () => {
    const spanish = await product.http('GET', '/projects/999999', undefined, { token: token() });
    expect(spanish).toMatchObject({
      status: 404,
      body: { code: 'not_found', title: 'No existe o no puedes verlo.' },
    });
    expect(spanish.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(spanish.headers.get('x-request-id')).toBe(spanish.body['requestId']);
    const english = await product.http('GET', '/projects/999999', undefined, {
      token: token(),
      headers: { 'accept-language': 'en-GB,en;q=0.9,es;q=0.5' },
    });
    expect(english.body).toMatchObject({ title: 'It does not exist or you may not see it.' });
  });

  it.each([
    ['GET', '/nowhere', 404, 'not_found'],
    ['PATCH', '/projects', 405, 'method_not_allowed'],
    ['GET', '/projects/abc', 400, 'validation_failed'],
    ['GET', '/projects/%', 400, 'validation_failed'],
    ['GET', '/projects/%FF?limit=1', 400, 'validation_failed'],
    ['GET', '/projects/-1', 400, 'validation_failed'],
    ['GET', '/projects/99999999999999999999', 400, 'validation_failed'],
    ['GET', '/projects?limit=5&limit=6', 400, 'validation_failed'],
    ['GET', '/projects?cursor=%00', 400, 'validation_failed'],
    ['GET', "/projects?sort=1'--", 400, 'validation_failed'],
  ])('answer %s %s with %i', async (method, path, status, code) => {
    expect(await product.http(method, path, undefined, { token: token() })).toMatchObject({
      status,
      body: { code, status },
    });
  });

  it('name the verbs that a route does support', async () => {
    const answer = await product.http('DELETE', '/projects', undefined, { token: token() });
    expect(answer.headers.get('allow')).toBe('GET, POST');
  });

  it('take a fixed path for itself, whatever verbs a path with an id has', async () => {
    const answer = await product.http('PUT', '/projects/templates', {}, { token: token() });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
  });

  it('ask who is there before they find fault with anything else', async () => {
    const headers = { 'if-match': 'nonsense', 'content-type': 'text/plain' };
    expect((await product.http('PUT', '/projects/1', '{', { headers })).status).toBe(401);
  });

  it('speak of fields in the language of the reader, too', async () => {
    const english = { token: token(), headers: { 'accept-language': 'en' } };
    const blank = await product.http('POST', '/projects', { name: ' ' }, english);
    expect(blank.body['errors']).toEqual([
      { path: 'name', message: 'Write visible text, without control characters.' },
    ]);
    const answer = await product.http('GET', '/projects?cursor=x', undefined, english);
    expect(answer.body['errors']).toEqual([
      { path: 'cursor', message: 'The cursor is not valid. Start again without one.' },
    ]);
  });

  it.each([
    ['broken JSON', '{"name":', 'application/json', 400],
    ['null', 'null', 'application/json', 400],
    ['a prototype', '{"__proto__":{"isAdmin":true},"name":"x"}', 'application/json', 400],
    ['a nested prototype', '{"settings":{"__proto__":{}},"name":"x"}', 'application/json', 400],
    ['nested arrays', '['.repeat(20_000), 'application/json', 400],
    ['an array', '[]', 'application/json', 400],
    ['a number', '7', 'application/json', 400],
    ['infinity', '{"name":1e400}', 'application/json', 400],
    ['a NUL', '{"name":"a\\u0000b"}', 'application/json', 400],
    ['an unknown field', '{"name":"x","ownerId":1}', 'application/json', 400],
    ['a form', 'name=x', 'application/x-www-form-urlencoded', 415],
    ['text', '{"name":"x"}', 'text/plain', 415],
    ['a megabyte and more', `{"name":"${'x'.repeat(1_048_576)}"}`, 'application/json', 413],
  ])('answer a body of %s as a problem, never with a 5xx', async (_name, body, type, status) => {
    const answer = await product.http('POST', '/projects', body, {
      token: token(),
      headers: { 'content-type': type },
    });
    expect(answer).toMatchObject({ status, body: { status } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('every answer', () => {
  it.each([
    ['200', 'GET', '/health/live'],
    ['401', 'GET', '/projects'],
    ['404', 'GET', '/nowhere'],
    ['405', 'PATCH', '/projects'],
  ])('carries the security headers, %s included', async (_status, method, path) => {
    const { headers } = await product.http(method, path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(headers.has('x-powered-by')).toBe(false);
  });
});

describe('CORS', () => {
  const preflight = (from: string) =>
    product.http('OPTIONS', '/projects', undefined, {
      headers: { origin: from, 'access-control-request-method': 'POST' },
    });

  it('lets a listed origin in', async () => {
    const answer = await preflight(origin);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it.each(['https://app.example.com.evil.test', 'http://app.example.com', 'null'])(
    'keeps %s out',
    async from => {
      const answer = await preflight(from);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('access-control-allow-methods')).toBeNull();
    },
  );

  it('is no different for callables', async () => {
    const from = (name: string) =>
      product.call('projects/listProjects', {}, { token: ana.idToken, headers: { origin: name } });
    expect((await from(origin)).headers.get('access-control-allow-origin')).toBe(origin);
    expect((await from('https://evil.test')).headers.get('access-control-allow-origin')).toBeNull();
  });
});
