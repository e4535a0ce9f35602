import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Product, serveProduct, type User } from '../support/product.ts';

let product: Product;
let boss: User;
let ana: User;
let projectId = 0;

const say = async (text: string, who: User, sessionId?: string): Promise<string> => {
  const body = { text, ...(sessionId === undefined ? { projectId } : { sessionId }) };
  const answer = await product.http('POST', '/chat/message', body, { token: who.accessToken });
  expect(answer.status).toBe(200);
  return String(answer.body['sessionId']);
};

const analytics = (who: User, query = '') =>
  product.http('GET', `/chat/analytics?projectId=${projectId}${query}`, undefined, {
    token: who.accessToken,
  });

/** Everything said so far moves into the past. */
const age = (interval: string) =>
  sql`UPDATE chat_turns SET at = at - ${interval}::interval`.execute(product.db);

const closeDays = async (): Promise<string[]> => {
  const { background } = await import('../../src/entry/wiring/background.ts');
  return background.closeChatDays();
};

const tables = async () => {
  const days = await sql`SELECT * FROM chat_days ORDER BY day`.execute(product.db);
  const flows = await sql`SELECT * FROM chat_flow_days ORDER BY day, flow`.execute(product.db);
  return { days: days.rows, flows: flows.rows };
};

beforeAll(async () => {
  product = await serveProduct();
  boss = await product.signedIn('Carlos Méndez');
  ana = await product.signedIn('Ana Torres');
  const token = boss.accessToken;
  projectId = Number(
    (await product.http('POST', '/projects', { name: 'Web' }, { token })).body['id'],
  );
  const { email } = await product.db
    .selectFrom('users')
    .select('email')
    .where('id', '=', ana.userId)
    .executeTakeFirstOrThrow();
  await product.http(
    'POST',
    `/projects/${projectId}/members`,
    { email, role: 'member' },
    { token },
  );
});

/** One of everything that is counted. */
const talk = async (): Promise<void> => {
  const first = await say(
    'crea una tarea para revisar el contrato, para mañana, sin asignar',
    boss,
  );
  await say('deshaz eso', boss, first);
  await say('quiero crear una tarea', boss, first);
  await say('cancela', boss, first);
  const second = await say(
    'blorb 4711 de Carlos para pepe@example.com en https://x.example/y con Ramírez',
    ana,
  );
  await say('quiero hablar con una persona', ana, second);
  await say('crea una tarea', ana, second);
  await say('hola', ana);
};

describe('GET /chat/analytics', () => {
  it('counts turns, wishes done, given up and left, and what was not understood', async () => {
    await talk();
    expect((await analytics(boss)).body).toMatchObject({
      projectId,
      turns: 8,
      conversations: 3,
      people: 2,
      fallbacks: 1,
      cancellations: 1,
      undos: 1,
      handovers: 1,
      latencyMs: { median: expect.any(Number), p95: expect.any(Number) },
      flows: [{ flow: 'create_task', started: 3, done: 1, cancelled: 1, failed: 0, abandoned: 0 }],
      days: [{ turns: 8, conversations: 3, people: 2, fallbacks: 1 }],
    });
  });

  it('counts a wish as abandoned once its conversation has been silent for an hour', async () => {
    await age('61 minutes');
    const { body } = await analytics(boss);
    expect(body['flows']).toMatchObject([
      { flow: 'create_task', abandoned: 1, completionPercent: 33 },
    ]);
  });

  it('shows what was not understood without anything personal in it', async () => {
    const { body } = await analytics(boss);
    const [unknown] = body['unknownPhrases'] as unknown as { phrase: string; people: number }[];
    expect(unknown).toMatchObject({ count: 1, people: 1 });
    expect(unknown?.phrase).toContain('blorb');
    expect(unknown?.phrase).not.toMatch(/4711|carlos|pepe|example|ram[ií]rez|https/i);
  });

  it('is for managers and owners; others may not, and strangers see nothing', async () => {
    const stranger = await product.signedIn('Eva Extraña');
    const statuses = [await analytics(ana), await analytics(stranger), await analytics(boss)];
    expect(statuses.map(({ status }) => status)).toEqual([403, 404, 200]);
    const anonymous = await product.http('GET', `/chat/analytics?projectId=${projectId}`);
    expect(anonymous.status).toBe(401);
  });

  it('refuses spans that are none, too long, or no dates', async () => {
    for (const query of [
      '&from=2026-02-01&to=2026-01-01',
      '&from=2024-01-01&to=2026-01-01',
      '&from=ayer',
    ])
      expect((await analytics(boss, query)).status).toBe(400);
    expect(
      (await product.http('GET', '/chat/analytics', undefined, { token: boss.accessToken })).status,
    ).toBe(400);
  });
});

describe('the daily roll-up', () => {
  it('keeps the figures of a day when what was said is gone, however often and by whomever it runs', async () => {
    await age('3 days');
    const figures = async () => (await analytics(boss)).body as unknown as Record<string, unknown>;
    const before = await figures();
    // Two instances at the same time, and the schedule fires again.
    const closed = await Promise.all([closeDays(), closeDays()]);
    expect(new Set(closed.flat()).size).toBe(closed.flat().length);
    expect(await closeDays()).toEqual([]);
    const kept = await tables();
    expect(await figures()).toEqual(before);
    await sql`DELETE FROM conversations`.execute(product.db);
    await closeDays();
    expect(await tables()).toEqual(kept);
    // What only the turns could tell is gone with them; of the people, the fullest day is known.
    expect(await figures()).toEqual({ ...before, people: 2, unknownPhrases: [] });
  });

  it('goes on after a crash with the day at which it happened', async () => {
    await say('hola', boss);
    await age('2 days');
    await sql`DELETE FROM chat_days_closed WHERE day >= current_date - 2`.execute(product.db);
    await sql`CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql
      AS 'BEGIN RAISE EXCEPTION ''crash''; END'`.execute(product.db);
    await sql`CREATE TRIGGER crash BEFORE INSERT ON chat_days EXECUTE FUNCTION crash()`.execute(
      product.db,
    );
    await expect(closeDays()).rejects.toThrow('crash');
    await sql`DROP TRIGGER crash ON chat_days`.execute(product.db);
    const closed = await closeDays();
    expect(closed.length).toBeGreaterThan(0);
    expect((await tables()).days).toHaveLength(2);
  });

  it('reads the turns of its day and no others', async () => {
    await sql`INSERT INTO conversations (id, user_id, project_id, state, turn)
      VALUES ('grande', ${boss.userId}, ${projectId}, '{}', 100000)`.execute(product.db);
    await sql`INSERT INTO chat_turns (conversation_id, turn, project_id, elapsed_ms, at)
      SELECT 'grande', n, ${projectId}, 10, now() - interval '100 days' + n * interval '80 seconds'
      FROM generate_series(1, 100000) n`.execute(product.db);
    await sql`ANALYZE chat_turns`.execute(product.db);
    const { rows } = await sql<{ 'QUERY PLAN': string }>`EXPLAIN (ANALYZE, TIMING OFF)
      SELECT count(*) FROM chat_turns turn
      WHERE turn.at >= current_date - 50 AND turn.at < current_date - 49`.execute(product.db);
    const plan = rows.map(row => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('(actual rows=1080.00');
    expect(plan).not.toMatch(/Seq Scan|Rows Removed/);
  });
});
