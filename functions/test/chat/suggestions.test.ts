import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Product, serveProduct, type User } from '../support/product.ts';

let product: Product;
let boss: User;
let ana: User;
let projectId = 0;

type Suggestion = { kind: string; text: string; taskIds: number[] };
type Said = {
  sessionId: string;
  step: string;
  reply: { text: string; quickReplies: string[] };
  suggestions?: Suggestion[];
  actions: { task: { id: number; assigneeId: number | null } }[];
};

const call = (who: User, method: string, path: string, body?: unknown) =>
  product.http(method, path, body, { token: who.accessToken });

const say = async (text: string, who = boss, sessionId?: string): Promise<Said> => {
  const body = { text, ...(sessionId === undefined ? { projectId } : { sessionId }) };
  const answer = await call(who, 'POST', '/chat/message', body);
  expect(answer.status).toBe(200);
  return answer.body as unknown as Said;
};

/** The person has not spoken with the bot today. */
const sleep = (who: User) =>
  sql`UPDATE conversations SET updated_at = updated_at - interval '2 days'
    WHERE user_id = ${who.userId}`.execute(product.db);

const addTask = async (fields: Record<string, unknown>): Promise<number> =>
  Number((await call(boss, 'POST', `/projects/${projectId}/tasks`, fields)).body['id']);

const kinds = ({ suggestions = [] }: Said): string[] => suggestions.map(({ kind }) => kind);

beforeAll(async () => {
  product = await serveProduct();
  boss = await product.signedIn('Carlos Méndez');
  ana = await product.signedIn('Ana Torres');
  projectId = Number((await call(boss, 'POST', '/projects', { name: 'Web' })).body['id']);
  await product.db
    .insertInto('project_members')
    .values({ project_id: projectId, user_id: ana.userId, role: 'member' })
    .execute();
});

describe('after a task was made', () => {
  it('says that there is one much like it, and a tap takes the new one back', async () => {
    const old = await addTask({ title: 'Revisar el contrato', assigneeId: ana.userId });
    const made = await say('crea una tarea para revisar contrato, para Ana, para mañana');
    expect(made).toMatchObject({ step: 'idle', suggestions: [{ kind: 'similar_task' }] });
    expect(made.reply.text).toContain('ya hay una parecida: «Revisar el contrato»');
    expect(made.reply.quickReplies).toEqual(['Deshaz']);
    expect(made.suggestions?.[0]?.taskIds).toEqual([made.actions[0]?.task.id]);
    expect(made.suggestions?.[0]?.taskIds).not.toEqual([old]);
    await say('Deshaz', boss, made.sessionId);
  });

  it('leaves finished and different ones alone', async () => {
    await addTask({ title: 'Pintar la verja', status: 'done' });
    const made = await say('crea una tarea para pintar la verja, sin asignar, para mañana');
    expect(kinds(made)).toEqual([]);
    expect(kinds(await say('crea una tarea para comprar flores, para mí, para hoy'))).toEqual([]);
  });

  it('proposes who usually does such tasks, and a yes assigns it', async () => {
    for (const month of ['enero', 'febrero'])
      await addTask({
        title: `Cerrar la caja de ${month}`,
        assigneeId: ana.userId,
        status: 'done',
      });
    const made = await say('crea la tarea cerrar la caja de marzo, sin asignar, para mañana');
    expect(kinds(made)).toEqual(['likely_assignee']);
    expect(made.reply.text).toMatch(
      /cerrar la caja.*\nAna Torres suele hacer tareas así. ¿Se la asigno\?$/,
    );
    expect(made.reply.quickReplies).toEqual(['Asígnala a Ana Torres']);
    const assigned = await say('sí', boss, made.sessionId);
    expect(assigned.actions[0]?.task.assigneeId).toBe(ana.userId);
  });

  it('forgets the proposal when something else is said', async () => {
    const made = await say('crea la tarea cerrar la caja de abril, sin asignar, para mañana');
    expect(made.reply.text).toContain('¿Se la asigno?');
    await say('gracias', boss, made.sessionId);
    expect((await say('sí', boss, made.sessionId)).actions).toEqual([]);
  });

  it('offers what a tap can say', async () => {
    const made = await say('crea la tarea cerrar la caja de mayo, sin asignar, para mañana');
    const assigned = await say(made.reply.quickReplies[0] ?? '', boss, made.sessionId);
    expect(assigned.actions[0]?.task.assigneeId).toBe(ana.userId);
  });
});

describe('on meeting for the first time of a day', () => {
  it('says once what is late, stuck and nobody’s', async () => {
    const late = await addTask({
      title: 'Enviar factura',
      assigneeId: boss.userId,
      dueDate: '2026-01-05',
    });
    const stuck = await addTask({
      title: 'Migrar datos',
      assigneeId: ana.userId,
      status: 'blocked',
    });
    await sql`UPDATE tasks SET updated_at = now() - interval '5 days' WHERE id = ${stuck}`.execute(
      product.db,
    );
    const free = await addTask({ title: 'Podar rosales' });
    await addTask({ title: 'Recién hecha' });
    await sql`UPDATE tasks SET created_at = now() - interval '2 days' WHERE id = ${free}`.execute(
      product.db,
    );
    await sleep(boss);
    const met = await say('hola');
    expect(kinds(met)).toEqual(['overdue', 'blocked', 'unassigned']);
    const [overdue, blocked, unassigned] = met.suggestions ?? [];
    expect(overdue?.taskIds).toEqual([late]);
    expect(overdue?.text).toBe('Por cierto, se te venció «Enviar factura».');
    expect(blocked?.text).toBe('«Migrar datos» lleva 5 días bloqueada.');
    expect(unassigned?.taskIds).toEqual([free]);
    expect(met.reply.quickReplies.slice(0, 3)).toEqual([
      'Mis tareas vencidas',
      'Tareas bloqueadas',
      'Tareas sin asignar',
    ]);
    await sleep(boss);
    expect(kinds(await say('hola'))).toEqual([]);
    // Redis may be empty: it is not where they are remembered.
    const { redis } = await import('../../src/entry/wiring/connections.ts');
    await (await redis()).flushall();
    await sleep(boss);
    expect(kinds(await say('hola'))).toEqual([]);
  });

  it('speaks of the same task again when its fact is new', async () => {
    const late = await addTask({
      title: 'Pagar luz',
      assigneeId: ana.userId,
      dueDate: '2026-01-05',
    });
    expect(kinds(await say('hola', ana))).toEqual(['overdue', 'blocked']);
    await call(boss, 'PUT', `/tasks/${late}`, { dueDate: '2026-01-09' });
    await sleep(ana);
    expect(kinds(await say('hola', ana))).toEqual(['overdue']);
  });

  it('adds it to whatever the first turn is, but not while the bot asks something', async () => {
    await addTask({ title: 'Pagar agua', assigneeId: ana.userId, dueDate: '2026-01-05' });
    await sleep(ana);
    expect(kinds(await say('quiero crear una tarea', ana))).toEqual([]);
    await sleep(ana);
    expect(kinds(await say('¿cómo va el proyecto?', ana))).toEqual(['overdue']);
  });

  it('tells it once when two devices meet the bot at the same moment', async () => {
    await addTask({ title: 'Pagar gas', assigneeId: ana.userId, dueDate: '2026-01-05' });
    await sleep(ana);
    const both = await Promise.all([say('hola', ana), say('hola', ana)]);
    expect(both.flatMap(kinds)).toEqual(['overdue']);
  });

  it('leaves a question of the bot at the end', async () => {
    await say('crea la tarea podar el seto, para mí, para mañana', ana);
    await addTask({ title: 'Pagar seguro', assigneeId: ana.userId, dueDate: '2026-01-05' });
    await sleep(ana);
    const met = await say('hola', ana);
    expect(kinds(met)).toEqual(['overdue']);
    expect(met.reply.text).toMatch(
      /¡Hola!.*\nPor cierto, .*\nLa última vez .*¿Seguimos con eso\?$/,
    );
  });

  it('says nothing to who does not want suggestions', async () => {
    const preferences = { notificationPreferences: { suggestions: false } };
    const changed = await call(ana, 'PATCH', '/auth/me', preferences);
    expect(changed.body).toMatchObject(preferences);
    await addTask({ title: 'Pagar internet', assigneeId: ana.userId, dueDate: '2026-01-05' });
    await sleep(ana);
    const met = await say('hola', ana);
    expect(met).not.toHaveProperty('suggestions');
    expect(met.reply.text).not.toContain('Pagar internet');
  });
});

it('costs no more in a project of ten thousand tasks', async () => {
  await sql`INSERT INTO tasks (project_id, creator_id, assignee_id, title, status, due_date)
    SELECT ${projectId}, ${boss.userId}, CASE WHEN n % 3 = 0 THEN ${ana.userId}::bigint END,
      md5(n::text), (ARRAY['todo', 'done', 'done', 'done'])[1 + n % 4], '2026-01-01'::date + n % 500
    FROM generate_series(1, 10000) n`.execute(product.db);
  await sql`ANALYZE tasks`.execute(product.db);
  const { suggestionRepository } = await import('../../src/data/suggestions.ts');
  const suggestions = suggestionRepository(product.db);
  const from = performance.now();
  await suggestions.ofTheDay(boss.userId, projectId, '2026-03-11');
  await suggestions.likenesses(projectId, 1, 'Revisar el contrato');
  // Reading the whole project takes longer.
  expect(performance.now() - from).toBeLessThan(150);
});
