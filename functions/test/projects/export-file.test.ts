import { beforeAll, expect, it } from 'vitest';
import { parseCsv } from '../../src/domain/csv.ts';
import { type Product, serveProduct, type User } from '../support/product.ts';

let product: Product;
let owner: User;
let path = '';
beforeAll(async () => {
  product = await serveProduct();
  owner = await product.signedIn('Olga Dueña');
  const token = owner.accessToken;
  const project = await product.http('POST', '/projects', { name: 'Web' }, { token });
  const projectId = Number(project.body['id']);
  path = `/projects/${projectId}/export`;
  const tasks = Array.from({ length: 1_001 }, (_, index) => ({
    project_id: projectId,
    creator_id: owner.userId,
    title: `Año ${index}`,
  }));
  await product.db.insertInto('tasks').values(tasks).execute();
});

const get = (target: string, headers: Record<string, string> = {}) =>
  fetch(`${product.url}${target}`, {
    headers: { authorization: `Bearer ${owner.accessToken}`, ...headers },
  });
const csv = { accept: 'text/csv' };

it('comes as a file in parts that can be joined, which Excel reads as UTF-8', async () => {
  const first = await get(`${path}?format=csv`, csv);
  expect(first.status).toBe(200);
  expect(first.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(first.headers.get('content-disposition')).toMatch(
    /^attachment; filename="pm-bot-\d+\.csv"$/,
  );
  expect(first.headers.get('vary')).toBe('Origin, Accept');
  const bytes = Buffer.from(await first.arrayBuffer());
  expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
  const next = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  const { pathname, search } = new URL(next, `${product.url}${path}`);
  const second = await get(pathname + search, csv);
  expect(second.headers.get('link')).toBeNull();
  const rows = parseCsv(bytes.toString('utf8') + (await second.text()));
  expect(rows.map(row => row[1])).toEqual([
    'title',
    ...Array.from({ length: 1_001 }, (_, index) => `Año ${index}`),
  ]);
});

it.each([
  ['nothing of it is accepted', '?format=csv', {}],
  ['anything is', '?format=csv', { accept: '*/*' }],
  ['the export is JSON', '', csv],
])('is JSON when %s', async (_when, query, headers) => {
  const answer = await get(path + query, headers);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toBeNull();
  expect(await answer.json()).toHaveProperty('nextCursor');
});

it('is refused as JSON, so that nobody takes an error for the file', async () => {
  const answer = await get(`${path}?format=csv&cursor=x`, csv);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    400,
    'application/problem+json; charset=utf-8',
  ]);
});
