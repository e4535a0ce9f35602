import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, startProgram } from '../support/process.ts';
import { type Json, type Product, serveProduct, type User } from '../support/product.ts';

let product: Product;
let ana: User;
let projectId = 0;
const processes: Running[] = [];

beforeAll(async () => {
  product = await serveProduct();
  ana = await product.signedIn('Ana Torres');
  const token = ana.accessToken;
  projectId = Number(
    (await product.http('POST', '/projects', { name: 'Web' }, { token })).body['id'],
  );
});

afterAll(() => {
  for (const { child } of processes) child.kill('SIGKILL');
});

type Said = { status: number; body: Record<string, Json> };

const say = async (
  text: string,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Said> => {
  const options = { token: ana.accessToken, headers };
  const { status, body } = await product.http('POST', '/chat/message', { text, ...more }, options);
  return { status, body: body as unknown as Record<string, Json> };
};

const begin = async (text = 'hola'): Promise<string> =>
  String((await say(text, { projectId })).body['sessionId']);

const redis = async () => (await import('../../src/entry/wiring/connections.ts')).redis();
const keyOf = (sessionId: string) => `session:${ana.userId}:${sessionId}`;
const titled = async (title: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM tasks
    WHERE title = ${title} AND deleted_at IS NULL`.execute(product.db);
  return rows[0]?.n ?? 0;
};

const rolesIn = async (sessionId: string): Promise<string> => {
  const { rows } = await sql<{ role: string }>`SELECT role FROM conversation_messages
    WHERE conversation_id = ${sessionId} ORDER BY id`.execute(product.db);
  return rows.map(row => row.role[0]).join('');
};

/** What is stored, as if another version of the program had written it. */
const rewrite = async (sessionId: string, change: ReturnType<typeof sql>) => {
  await sql`UPDATE conversations SET state = ${change} WHERE id = ${sessionId}`.execute(product.db);
  await (await redis()).del(keyOf(sessionId));
};

describe('a deployment in the middle of a conversation', () => {
  it('goes on from a state that an older version wrote', async () => {
    const sessionId = await begin('quiero crear una tarea');
    await rewrite(sessionId, sql`(state - 'turn' - 'carried' - 'offer') || '{"v": 1}'::jsonb`);
    const { body } = await say('revisar las cuentas', { sessionId });
    expect(body).toMatchObject({ step: 'awaiting_assignee' });
  });

  it('explains that it lost the thread of a state it cannot read, and keeps the project', async () => {
    const sessionId = await begin('quiero crear una tarea');
    for (const unreadable of ['{"v": 99}', '{"v": 2, "goals": null}']) {
      await rewrite(sessionId, sql`state || ${unreadable}::jsonb`);
      const { status, body } = await say('hola', { sessionId });
      expect(status).toBe(200);
      expect(String((body['reply'] as Json)['text'])).toContain('Me actualicé');
      expect(String((body['reply'] as Json)['text'])).toContain('«Web»');
    }
  });
});

describe('Redis', () => {
  it('that comes back with an old copy does not take a conversation back', async () => {
    const sessionId = await begin('quiero crear una tarea');
    const old: unknown = await (await redis()).get(keyOf(sessionId));
    await say('revisar los contratos', { sessionId });
    await (await redis()).set(keyOf(sessionId), old);
    const { body } = await say('nadie', { sessionId });
    expect(body).toMatchObject({ step: 'awaiting_due_date' });
  });

  it('that lost the lock lets nobody interleave: the second of two is refused and did nothing', async () => {
    const sessionId = await begin();
    const client = await redis();
    // Takes every lock away as soon as it is set.
    const thief = setInterval(() => void client.del(`lock:${keyOf(sessionId)}`), 1);
    const titles = ['uno', 'dos', 'tres', 'cuatro'].map(word => `robar ${word}`);
    const answers = await Promise.all(
      titles.map(title =>
        say(`crea una tarea para ${title}, para mañana, sin asignar`, { sessionId }),
      ),
    );
    clearInterval(thief);
    for (const [index, { status }] of answers.entries())
      expect([status, await titled(titles[index] ?? '')]).toEqual(
        status === 200 ? [200, 1] : [409, 0],
      );
    expect(await rolesIn(sessionId)).toMatch(/^(?:ub)+$/);
  });
});

describe('two phones of one person', () => {
  it('speak one after the other, also through two processes', async () => {
    const sessionId = await begin();
    processes.push(
      ...(await Promise.all([1, 2].map(() => startProgram('bare-server.ts', ['api.chat'])))),
    );
    // The first request of a process loads everything; phones meet warm ones.
    await Promise.all(processes.map(({ url }) => fetch(`${url}/chat/sessions`)));
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${ana.accessToken}`,
    };
    const numbers = Array.from({ length: 6 }, (_, index) => index);
    const statuses = await Promise.all(
      numbers.map(async number => {
        const text = `crea una tarea para turno ${number} de noche, para mañana, sin asignar`;
        const url = processes[number % 2]?.url ?? '';
        const body = JSON.stringify({ text, sessionId });
        return (await fetch(`${url}/chat/message`, { method: 'POST', headers, body })).status;
      }),
    );
    expect(statuses).toEqual(numbers.map(() => 200));
    expect(await rolesIn(sessionId)).toBe('ub'.repeat(7));
    const { rows } = await sql`SELECT turn, (state ->> 'turn')::int AS inside FROM conversations
      WHERE id = ${sessionId}`.execute(product.db);
    expect(rows).toEqual([{ turn: 7, inside: 7 }]);
  });
});

describe('a crash in the middle of a turn', () => {
  /** Fails the very last statement of a turn, after everything that it did. */
  const failing = async <T>(sessionId: string, work: () => Promise<T>): Promise<T> => {
    await sql`CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql
      AS 'BEGIN RAISE EXCEPTION ''crash''; END'`.execute(product.db);
    await sql`CREATE TRIGGER crash BEFORE INSERT ON chat_turns FOR EACH ROW
      WHEN (NEW.conversation_id = ${sql.lit(sessionId)}) EXECUTE FUNCTION crash()`.execute(
      product.db,
    );
    try {
      return await work();
    } finally {
      await sql`DROP TRIGGER crash ON chat_turns`.execute(product.db);
      await sql`DROP FUNCTION crash`.execute(product.db);
    }
  };

  it.each([{}, { 'idempotency-key': 'caída-1'.normalize('NFD').replaceAll(/\p{M}/gu, '') }])(
    'leaves nothing half done, and the turn can be repeated (%o)',
    async headers => {
      const sessionId = await begin();
      const title = `sobrevivir ${Object.keys(headers).length}`;
      const text = `crea una tarea para ${title}, para mañana, sin asignar`;
      const crashed = await failing(sessionId, () => say(text, { sessionId }, headers));
      expect([crashed.status, await titled(title)]).toEqual([500, 0]);
      expect(await rolesIn(sessionId)).toBe('ub');
      const repeated = await say(text, { sessionId }, headers);
      expect([repeated.status, await titled(title)]).toEqual([200, 1]);
    },
  );
});

describe('a turn that is repeated under its key', () => {
  it('acts once, also when both arrive at the same time', async () => {
    const text = 'crea una tarea para repetir, para mañana, sin asignar';
    const headers = { 'idempotency-key': 'gemelas' };
    const answers = await Promise.all([
      say(text, { projectId }, headers),
      say(text, { projectId }, headers),
      say(text, { projectId }, headers),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body['sessionId'])).size).toBe(1);
    expect(await titled('repetir')).toBe(1);
  });

  it('changes all of several tasks or none, although the turn itself goes on', async () => {
    const sessionId = await begin('crea una tarea para lavar, para mañana, sin asignar');
    await say('crea una tarea para secar, para mañana, sin asignar', { sessionId });
    await say('marca lavar y secar como hechas', { sessionId });
    await sql`UPDATE tasks SET version = version + 1 WHERE title = 'secar'`.execute(product.db);
    const { body } = await say('sí', { sessionId }, { 'idempotency-key': 'lavar-y-secar' });
    expect(body).toMatchObject({ step: 'idle', actions: [] });
    const { rows } = await sql`SELECT status FROM tasks WHERE title IN ('lavar', 'secar')`.execute(
      product.db,
    );
    expect(rows).toEqual([{ status: 'todo' }, { status: 'todo' }]);
  });
});

describe('a new conversation', () => {
  it('knows the project and offers the last topic, which a yes takes up', async () => {
    await begin('crea una tarea para podar el seto, para mañana, sin asignar');
    const greeted = await say('hola');
    const text = String((greeted.body['reply'] as Json)['text']);
    expect(text).toContain('«podar el seto»');
    expect(text).toContain('¿Seguimos con eso?');
    const sessionId = greeted.body['sessionId'];
    const taken = await say('sí', { sessionId });
    expect(String((taken.body['reply'] as Json)['text'])).toContain(
      '«podar el seto» está por hacer',
    );
    const changed = await say('márcala como hecha', { sessionId });
    expect(changed.body).toMatchObject({ actions: [{ task: { title: 'podar el seto' } }] });
  });

  it('does nothing to the last topic without asking', async () => {
    await begin('crea una tarea para regar el seto, para mañana, sin asignar');
    const first = await say('márcala como hecha');
    expect(first.body).toMatchObject({ step: 'awaiting_confirmation', actions: [] });
    const { sessionId } = first.body;
    expect((await say('sí', { sessionId })).body).toMatchObject({
      actions: [{ task: { title: 'regar el seto', status: 'done' } }],
    });
  });
});
