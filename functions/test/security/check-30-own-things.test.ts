import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { operationLists } from '../../src/entry/operation-lists.ts';
import type { AnyOperation } from '../../src/platform/operation.ts';
import { overHttps } from '../support/operation-call.ts';
import { type Product, serveProduct, type User } from '../support/product.ts';
import { sampleInput } from '../support/sample-input.ts';

// Operations that ask for no right in a project, only for a sign-in: what they name must be the caller's own.
const everything: AnyOperation[] = Object.values(await operationLists()).flat();
const forUsers = everything.filter(({ access }) => access === 'user');
const forAdministrators = forUsers.filter(({ route }) => route.includes('/admin/'));
const pathIds = ({ route }: AnyOperation) =>
  [...route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
const ofThings = forUsers.filter(
  operation => pathIds(operation).length > 0 && !forAdministrators.includes(operation),
);

let product: Product;
let owner: User;
let stranger: User;
/** One thing of the owner for each id that a path can name. */
const things: Record<string, unknown> = {};

beforeAll(async () => {
  product = await serveProduct();
  [owner, stranger] = [await product.signedIn('Olga Dueña'), await product.signedIn('Otto Ajeno')];
  const post = async (path: string, body: object = {}) =>
    (await product.http('POST', path, body, { token: owner.accessToken })).body;
  const { id: projectId } = await post('/projects', { name: 'Mío' });
  const say = (text: string) => post('/chat/message', { text, projectId: Number(projectId) });
  const spoken = await say('quiero hablar con una persona');
  const handover = await product.db.selectFrom('handovers').select('id').executeTakeFirst();
  const invited = { email: 'alguien@example.com', role: 'member' };
  Object.assign(things, {
    targetSessionId: owner.sessionId,
    exportId: (await post('/auth/me/exports'))['exportId'],
    invitationId: Number((await post(`/projects/${String(projectId)}/members`, invited))['id']),
    templateId: Number(
      (await post(`/projects/${String(projectId)}/template`, { name: 'X' }))['key'],
    ),
    sessionId: spoken['sessionId'],
    handoverId: handover?.id,
  });
});

it('knows a thing for every id in a path', () => {
  const missing = ofThings.flatMap(pathIds).filter(name => things[name] === undefined);
  expect(missing).toEqual([]);
});

const inputFor = (operation: AnyOperation, ids: Record<string, unknown>) => ({
  ...sampleInput(operation.input, ids),
  ...Object.fromEntries(pathIds(operation).map(name => [name, ids[name]])),
});

/** An id of the same form that nobody has. */
const nobodys = (id: unknown): unknown => (typeof id === 'number' ? 900_000_000_000 : randomUUID());

describe.each(ofThings)('$name', operation => {
  const ask = async (ids: Record<string, unknown>) => {
    const input = inputFor(operation, ids);
    const { status, body } = await overHttps(product, operation, input, stranger.accessToken);
    const { requestId: _, ...said } = body as Record<string, unknown>;
    return { status, said };
  };

  it('answers what belongs to others like what does not exist', async () => {
    const foreign = await ask(things);
    expect(foreign).toMatchObject({ status: 404, said: { code: 'not_found' } });
    const none = Object.entries(things).map(([name, id]) => [name, nobodys(id)]);
    expect(await ask(Object.fromEntries(none))).toEqual(foreign);
  });

  it('refuses malformed ids', async () => {
    for (const wrong of ['x y', '1.5', '%00', '٣'])
      for (const name of pathIds(operation))
        expect((await ask({ ...things, [name]: wrong })).status).toBe(400);
  });
});

describe.each(forAdministrators)('$name', operation => {
  it('is closed to everybody but administrators', async () => {
    const input = sampleInput(operation.input, {
      ...things,
      userId: owner.userId,
      range: '192.0.2.0/24',
    });
    const answer = await overHttps(product, operation, input, stranger.accessToken);
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });
});
