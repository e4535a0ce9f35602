import { beforeAll, describe, expect, it } from 'vitest';
import { type Product, serveProduct, type User } from '../support/product.ts';

let product: Product;
let boss: User;
let ana: User;
let projectId = 0;

const ask = async (text: string): Promise<string> => {
  const { body } = await product.http(
    'POST',
    '/chat/message',
    { text, projectId },
    { token: boss.accessToken },
  );
  return (body as unknown as { reply: { text: string } }).reply.text;
};

const inDays = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  product = await serveProduct();
  boss = await product.signedIn('Carlos Méndez');
  ana = await product.signedIn('Ana Torres');
  const token = boss.accessToken;
  const create = async (input: Record<string, unknown>) =>
    product.http('POST', `/projects/${projectId}/tasks`, input, { token });
  projectId = Number(
    (await product.http('POST', '/projects', { name: 'Web' }, { token })).body['id'],
  );
  const { email } = await product.db
    .selectFrom('users')
    .select('email')
    .where('id', '=', ana.userId)
    .executeTakeFirstOrThrow();
  await product.http('POST', `/projects/${projectId}/members`, { email }, { token });
  await create({ title: 'Revisar planos', assigneeId: ana.userId, dueDate: inDays(9) });
  await create({ title: 'Comprar cemento', assigneeId: ana.userId, dueDate: inDays(3) });
  await create({ title: 'Pedir permiso', assigneeId: boss.userId, priority: 'urgent' });
  const done = await create({ title: 'Medir el terreno', assigneeId: ana.userId });
  await product.http('PUT', `/tasks/${done.body['id']}`, { status: 'done' }, { token });
  const old = await create({ title: 'Firmar el contrato', assigneeId: ana.userId });
  await product.http('PUT', `/tasks/${old.body['id']}`, { status: 'done' }, { token });
  await product.db
    .updateTable('tasks')
    .set({ completed_at: new Date(Date.now() - 40 * 86_400_000).toISOString() })
    .where('id', '=', Number(old.body['id']))
    .execute();
});

describe('questions about the project', () => {
  it('are told who has how much to do', async () => {
    const text = await ask('¿quién está más cargado de trabajo?');
    expect(text).toContain('1. Ana Torres: 2');
    expect(text).toContain('2. Carlos Méndez: 1');
  });

  it('are told what was finished in the days asked for', async () => {
    const text = await ask('¿qué hizo Ana esta última semana?');
    expect(text).toContain('Medir el terreno');
    expect(text).not.toContain('Firmar el contrato');
    expect(text).not.toContain('Revisar planos');
  });

  it('are told what comes first, and what presses most', async () => {
    const soonest = await ask('¿cuál vence primero?');
    expect(soonest).toContain('Comprar cemento');
    expect(soonest).not.toContain('Revisar planos');
    expect(await ask('¿qué es lo más urgente?')).toMatch(/^Tareas \(3\):\n1\. Pedir permiso/);
  });
});
