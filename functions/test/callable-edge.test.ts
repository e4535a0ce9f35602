import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type Product, serveProduct, type User } from './support/product.ts';

let product: Product;
let ana: User;
let projectId = 0;

beforeAll(async () => {
  product = await serveProduct();
  ana = await product.signedIn('Ana Torres');
  const created = await product.call(
    'projects/createProject',
    { name: 'Base' },
    { token: ana.idToken },
  );
  projectId = Number((created.body['result'] as Record<string, unknown>)['id']);
});

const raw = (body: string, name = 'projects/createProject', headers = {}) =>
  product.http('POST', `/call/${name}`, body, { token: ana.idToken, headers });

describe('callables', () => {
  it.each([
    ['broken JSON', '{"data":'],
    ['no data', '{"name":"x"}'],
    ['more than data', '{"data":{"name":"x"},"more":1}'],
    ['a prototype in data', '{"data":{"__proto__":{"name":"x"}}}'],
    ['a prototype beside data', '{"__proto__":{"data":{"name":"x"}}}'],
    ['a prototype deep in data', '{"data":{"name":"x","settings":{"__proto__":{"a":1}}}}'],
    ['nested arrays', `{"data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
    ['an unknown @type', '{"data":{"@type":"type.googleapis.com/evil","value":"1"}}'],
    [
      'a broken number marker',
      '{"data":{"name":{"@type":"type.googleapis.com/google.protobuf.Int64Value","value":"x"}}}',
    ],
    ['a list', '{"data":[1,2]}'],
    ['a number', '{"data":7}'],
  ])('answer %s with invalid-argument in their own form', async (_name, body) => {
    const answer = await raw(body);
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { status: 'INVALID_ARGUMENT', details: { code: 'validation_failed' } } },
    });
  });

  it('answer an unknown operation with not-found', async () => {
    expect(await raw('{"data":{}}', 'projects/nothing')).toMatchObject({ status: 404 });
    expect(await raw('{"data":{}}', 'projects/createProject/more')).toMatchObject({ status: 404 });
    expect(await raw('{"data":{}}', 'projects/constructor')).toMatchObject({ status: 404 });
  });

  it('refuse a token whose signature was touched', async () => {
    const [head = '', claims = '', signature = ''] = ana.accessToken.split('.');
    const other = signature.startsWith('A') ? 'B' : 'A';
    const token = `${head}.${claims}.${other}${signature.slice(1)}`;
    const answer = await product.call('projects/listProjects', {}, { token });
    expect(answer).toMatchObject({ status: 401, body: { error: { status: 'UNAUTHENTICATED' } } });
  });

  it('refuse oversized bodies', async () => {
    const answer = await raw(`{"data":{"name":"${'x'.repeat(1_048_576)}"}}`);
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { details: { code: 'payload_too_large' } } },
    });
  });

  it('take idempotencyKey and ifMatch beside the input', async () => {
    const create = () =>
      product.call(
        'projects/createTask',
        { projectId, title: 'Desde el móvil', idempotencyKey: 'm-1' },
        { token: ana.idToken },
      );
    const [first, second] = [await create(), await create()];
    expect(second.body).toEqual(first.body);
    const taskId = (first.body['result'] as Record<string, unknown>)['id'];
    const stale = await product.call(
      'projects/updateTask',
      { taskId, status: 'done', ifMatch: 9 },
      { token: ana.idToken },
    );
    expect(stale).toMatchObject({
      status: 409,
      body: { error: { status: 'ABORTED', details: { code: 'precondition_failed' } } },
    });
  });

  it('say in the language of the caller which version they want', async () => {
    const answer = await product.call(
      'projects/updateTask',
      { taskId: 1, status: 'done', ifMatch: 'three' },
      { token: ana.idToken, headers: { 'accept-language': 'en' } },
    );
    const errors = [{ path: 'ifMatch', message: 'Give the version number of the last read.' }];
    expect(answer.body).toMatchObject({ error: { details: { errors } } });
  });

  it('never write a body without data to the log', async () => {
    const written = vi.spyOn(console, 'log').mockImplementation(() => {});
    const errors = vi.spyOn(console, 'error').mockImplementation(() => {});
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    await raw('{"password":"canary-4711"}');
    const lines = [...written.mock.calls, ...errors.mock.calls, ...warned.mock.calls].flat().join();
    expect(lines).not.toContain('canary-4711');
    expect(lines).toContain('callable.refused');
    vi.restoreAllMocks();
  });
});
