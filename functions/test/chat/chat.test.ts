import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { conversationRepository } from '../../src/data/conversations.ts';
import { type Product, serveProduct, type User } from '../support/product.ts';

// The key sentence is typed on a Wednesday, in Mexico, late in the evening.
const sentAt = '2026-03-11T22:30:00-06:00';

let product: Product;
let boss: User;
let ana: User;
let projectId = 0;

const say = async (text: string, more: Record<string, unknown> = {}, who = boss) =>
  product.http('POST', '/chat/message', { text, sentAt, ...more }, { token: who.accessToken });

beforeAll(async () => {
  product = await serveProduct();
  boss = await product.signedIn('Carlos Méndez');
  ana = await product.signedIn('Ana Torres');
  const token = boss.accessToken;
  const project = await product.http('POST', '/projects', { name: 'Web' }, { token });
  projectId = Number(project.body['id']);
  const { email } = await product.db
    .selectFrom('users')
    .select('email')
    .where('id', '=', ana.userId)
    .executeTakeFirstOrThrow();
  await product.http('POST', `/projects/${projectId}/members`, { email }, { token });
});

describe('POST /chat/message', () => {
  it('carries out the key sentence at once, on the date of the person who typed it', async () => {
    const { status, body } = await say(
      'crea una tarea para revisar el contrato, que la haga Ana, para el viernes',
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      step: 'idle',
      intents: [{ name: 'create_task' }],
      entities: [
        { entity: 'task_title', text: 'revisar el contrato', start: 20, end: 39 },
        {
          entity: 'assignee',
          text: 'Ana',
          value: { userId: ana.userId, fullName: 'Ana Torres' },
        },
        { entity: 'due_date', text: 'el viernes', value: { date: '2026-03-13' } },
      ],
      actions: [
        {
          type: 'task.created',
          task: { title: 'revisar el contrato', assigneeId: ana.userId, dueDate: '2026-03-13' },
        },
      ],
    });
    const stored = await product.db
      .selectFrom('tasks')
      .select(['title', 'assignee_id', 'due_date'])
      .where('project_id', '=', projectId)
      .execute();
    expect(stored).toEqual([
      { title: 'revisar el contrato', assignee_id: ana.userId, due_date: '2026-03-13' },
    ]);
  });

  it('remembers the conversation, changes by pronoun and takes it back', async () => {
    const first = await say('crea una tarea para llamar al banco, asígnasela a Ana, para mañana');
    const { sessionId } = first.body as unknown as { sessionId: string };
    const done = await say('márcala como hecha', { sessionId });
    expect(done.body).toMatchObject({ sessionId, actions: [{ task: { status: 'done' } }] });
    const undone = await say('deshaz eso', { sessionId });
    expect(undone.body).toMatchObject({
      actions: [{ type: 'task.updated', task: { status: 'todo' } }],
    });
  });

  it('finds tasks by a part of their title, finished ones among them', async () => {
    await say('crea una tarea para publicar la página de inicio, para Ana, el lunes');
    const done = await say('ya terminé lo de la pagina de inicio');
    expect(done.body).toMatchObject({
      actions: [{ task: { title: 'publicar la página de inicio', status: 'done' } }],
    });
  });

  it('asks before deleting, deletes, and brings the task back', async () => {
    await say('crea una tarea para podar los árboles, para Ana, el lunes');
    const asked = await say('borra la tarea de los árboles');
    expect(asked.body).toMatchObject({ step: 'awaiting_confirmation', actions: [] });
    const { sessionId } = asked.body as unknown as { sessionId: string };
    expect((await say('sí', { sessionId })).body).toMatchObject({
      actions: [{ type: 'task.deleted' }],
    });
    expect((await say('deshaz', { sessionId })).body).toMatchObject({
      actions: [{ type: 'task.restored' }],
    });
  });

  it('can do nothing that the caller could not do through the API', async () => {
    const stranger = await product.signedIn('Eva Extraña');
    const { body } = await say(
      'crea una tarea para entrar, para mañana, sin asignar',
      {},
      stranger,
    );
    expect(body).toMatchObject({ step: 'awaiting_project', actions: [] });
    const foreign = await say('hola', { projectId }, stranger);
    expect(foreign.status).toBe(404);
  });

  it('hides a conversation from anyone who did not hold it', async () => {
    const { body } = await say('hola');
    const { sessionId } = body as unknown as { sessionId: string };
    expect((await say('hola', { sessionId }, ana)).status).toBe(404);
    const path = `/chat/sessions/${sessionId}`;
    const token = ana.accessToken;
    expect((await product.http('GET', path, undefined, { token })).status).toBe(404);
    expect((await product.http('DELETE', path, undefined, { token })).status).toBe(404);
    expect((await say('hola', { sessionId: 'no-existe' })).status).toBe(404);
  });

  it('refuses texts that are empty, too long or not text, before any reading', async () => {
    for (const text of ['', '   ', 'a'.repeat(2001), 7, null, 'hola\u0000'])
      expect((await say(text as string)).status).toBe(400);
    expect((await say('hola', { timezone: 'Marte/Olimpo' })).status).toBe(400);
    expect((await say('hola', { sentAt: 'ayer' })).status).toBe(400);
  });

  it('answers a repeated key as the first time and does nothing twice', async () => {
    const body = { text: 'crea una tarea para regar, para Ana, el lunes', sentAt };
    const options = { token: boss.accessToken, headers: { 'idempotency-key': 'regar-1' } };
    const first = await product.http('POST', '/chat/message', body, options);
    const second = await product.http('POST', '/chat/message', body, options);
    expect(second.body).toEqual(first.body);
    const made = await product.db
      .selectFrom('tasks')
      .select('id')
      .where('title', '=', 'regar')
      .execute();
    expect(made).toHaveLength(1);
  });

  it('invites somebody without an account, and withdraws it again', async () => {
    const asked = await say('invita a nadie-aun@example.com al proyecto');
    expect(asked.body).toMatchObject({ actions: [{ type: 'member.invited' }] });
    const { sessionId } = asked.body as unknown as { sessionId: string };
    expect((await say('deshaz eso', { sessionId })).body).toMatchObject({
      actions: [{ type: 'invitation.cancelled' }],
    });
  });

  it('changes many tasks together or none, and takes them back together', async () => {
    const { body } = await say('crea una tarea para lavar, para Ana, el lunes');
    const { sessionId } = body as unknown as { sessionId: string };
    await say('crea una tarea para secar, para Ana, el lunes', { sessionId });
    expect((await say('marca lavar y secar como hechas', { sessionId })).body).toMatchObject({
      step: 'awaiting_confirmation',
    });
    const done = await say('sí', { sessionId });
    expect(done.body).toMatchObject({
      actions: [{ task: { status: 'done' } }, { task: { status: 'done' } }],
    });
    const undone = await say('deshaz', { sessionId });
    expect(undone.body).toMatchObject({
      actions: [{ task: { status: 'todo' } }, { task: { status: 'todo' } }],
    });
  });

  it('comments a task, and takes the comment back', async () => {
    const { body } = await say('crea una tarea para planchar, para Ana, el lunes');
    const { sessionId } = body as unknown as { sessionId: string };
    const commented = await say('coméntale que falta agua', { sessionId });
    expect(commented.body).toMatchObject({
      actions: [{ type: 'comment.created', comment: { body: 'falta agua' } }],
    });
    expect((await say('deshaz', { sessionId })).body).toMatchObject({
      actions: [{ type: 'comment.deleted' }],
    });
  });

  it('hands over to a person by leaving a request in the project', async () => {
    const handed = await say('quiero hablar con una persona');
    const { sessionId } = handed.body as unknown as { sessionId: string };
    expect(handed.body).toMatchObject({ actions: [{ type: 'handover.requested', projectId }] });
    const { rows } = await sql`SELECT project_id FROM handovers
      WHERE conversation_id = ${sessionId}`.execute(product.db);
    expect(rows).toEqual([{ project_id: projectId }]);
  });

  it('lets two phones of one person speak one after the other', async () => {
    const { body } = await say('hola');
    const { sessionId } = body as unknown as { sessionId: string };
    const answers = await Promise.all([
      say('crea una tarea para fregar, para Ana, el lunes', { sessionId }),
      say('crea una tarea para barrer, para Ana, el lunes', { sessionId }),
    ]);
    expect(answers.map(answer => answer.status)).toEqual([200, 200]);
    const { body: session } = await product.http('GET', `/chat/sessions/${sessionId}`, undefined, {
      token: boss.accessToken,
    });
    expect(
      (session as unknown as { messages: { role: string }[] }).messages.map(m => m.role),
    ).toEqual(['user', 'bot', 'user', 'bot', 'user', 'bot']);
  });

  it('goes on from its history when Redis has lost the session', async () => {
    const asked = await say('quiero crear una tarea');
    const { sessionId } = asked.body as unknown as { sessionId: string };
    const { redis } = await import('../../src/entry/wiring/connections.ts');
    await (await redis()).del(`session:${boss.userId}:${sessionId}`);
    const next = await say('revisar las cuentas', { sessionId });
    expect(next.body).toMatchObject({ step: 'awaiting_assignee' });
  });
});

describe('sessions', () => {
  it('lists, shows and deletes what was said', async () => {
    const { body } = await say('hola');
    const { sessionId } = body as unknown as { sessionId: string };
    const token = boss.accessToken;
    const path = `/chat/sessions/${sessionId}`;
    const list = await product.http('GET', '/chat/sessions?limit=1', undefined, { token });
    expect(list.body).toMatchObject({ items: [{ sessionId, projectId, step: 'idle' }] });
    const shown = await product.http('GET', path, undefined, { token });
    expect(shown.body).toMatchObject({ sessionId, messages: [{ text: 'hola' }, { role: 'bot' }] });
    expect((await product.http('DELETE', path, undefined, { token })).status).toBe(204);
    expect((await product.http('GET', path, undefined, { token })).status).toBe(404);
    expect((await say('hola', { sessionId })).status).toBe(404);
  });

  it('pages back to what was said first', async () => {
    const first = await say('hola');
    const sessionId = String(first.body['sessionId']);
    for (const text of ['¿cómo va el proyecto?', 'gracias', 'mis tareas'])
      await say(text, { sessionId });
    const token = boss.accessToken;
    const texts: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? 'limit=3' : `limit=3&cursor=${cursor}`;
      const { body } = await product.http(
        'GET',
        `/chat/sessions/${sessionId}?${query}`,
        undefined,
        { token },
      );
      const page = body as unknown as { messages: { text: string }[]; nextCursor: string | null };
      texts.unshift(...page.messages.map(message => message.text));
      cursor = page.nextCursor;
    }
    expect(texts.filter((_, index) => index % 2 === 0)).toEqual([
      'hola',
      '¿cómo va el proyecto?',
      'gracias',
      'mis tareas',
    ]);
  });

  it('leaves nothing of a deleted one, not even in answers kept for repeats', async () => {
    const options = { token: boss.accessToken, headers: { 'idempotency-key': 'borrada-1' } };
    const body = {
      text: 'crea una tarea para borrar rastros, para Ana, el lunes',
      sentAt,
      projectId,
    };
    const said = await product.http('POST', '/chat/message', body, options);
    const sessionId = String(said.body['sessionId']);
    await product.http('DELETE', `/chat/sessions/${sessionId}`, undefined, options);
    for (const table of [
      'conversations',
      'conversation_messages',
      'chat_turns',
      'handovers',
      'idempotency_keys',
    ]) {
      const { rows } = await sql`SELECT FROM ${sql.table(table)} t
        WHERE t::text LIKE ${`%${sessionId}%`}`.execute(product.db);
      expect([table, rows.length]).toEqual([table, 0]);
    }
  });
});

describe('what is kept and what is taken back', () => {
  it('deletes what was said after its days, and nothing that is younger', async () => {
    const [old, young] = [
      (await say('hola')).body['sessionId'],
      (await say('hola')).body['sessionId'],
    ];
    await sql`UPDATE conversations SET updated_at = now() - interval '181 days'
      WHERE id = ${String(old)}`.execute(product.db);
    await conversationRepository(product.db).purge(180);
    const { rows } = await sql<{ id: string }>`SELECT DISTINCT conversation_id AS id
      FROM conversation_messages WHERE conversation_id IN (${String(old)}, ${String(young)})`.execute(
      product.db,
    );
    expect(rows).toEqual([{ id: young }]);
  });

  it('renames a task and gives it its name back', async () => {
    await say('crea la tarea Cartel para Ana para el viernes');
    const first = await say('renombra Cartel como Cartel de la feria');
    expect(first.body).toMatchObject({
      actions: [{ type: 'task.updated', task: { title: 'Cartel de la feria' } }],
    });
    const { sessionId } = first.body;
    const back = await say('deshaz eso', { sessionId });
    expect(back.body).toMatchObject({ actions: [{ task: { title: 'Cartel' } }] });
  });
});
