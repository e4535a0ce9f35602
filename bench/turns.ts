import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { accessTokens } from '../functions/src/adapters/tokens/access-tokens.ts';
import { parseSigningKeys } from '../functions/src/adapters/tokens/signing-keys.ts';
import { openDatabase } from '../functions/src/data/database.ts';
import { type Child, startBare } from './child.ts';
import { cpuMicros } from './http-load.ts';
import type { World } from './world.ts';

const conversations = 20;
const rounds = Number(process.env['BENCH_TURN_ROUNDS'] ?? 60);

/** What each person says, over and over, in a conversation of their own. */
const turns = {
  greet: 'hola',
  status: '¿cómo va el proyecto?',
  list: '¿qué tareas tengo?',
  create: 'crea una tarea para revisar el contrato, para mañana, sin asignar',
  change: 'márcala como hecha',
};

type Talker = { authorization: string; projectId: number; address: string };

/** People with a project of twenty tasks each: nothing is shared between two conversations. */
export const makeTalkers = async (
  env: Record<string, string>,
  count: number,
): Promise<Talker[]> => {
  const db = openDatabase({ connectionString: env['DATABASE_URL'] ?? '', max: 1 });
  const { rows } = await sql<{ userId: number; projectId: number }>`
    WITH people AS (
      INSERT INTO users (email, full_name, status, email_verified)
      SELECT gen_random_uuid() || '@example.com', 'Hablante ' || n, 'active', TRUE
      FROM generate_series(1, ${count}::int) n RETURNING id
    ), theirs AS (
      INSERT INTO projects (name, owner_id) SELECT 'Proyecto ' || id, id FROM people
      RETURNING id, owner_id
    ), joined AS (
      INSERT INTO project_members (project_id, user_id, role)
      SELECT id, owner_id, 'owner' FROM theirs
    ), filled AS (
      INSERT INTO tasks (project_id, creator_id, assignee_id, title, status)
      SELECT id, owner_id, owner_id, 'Tarea número ' || n, 'todo'
      FROM theirs, generate_series(1, 20) n
    )
    SELECT owner_id AS "userId", id AS "projectId" FROM theirs`.execute(db);
  await db.destroy();
  const tokens = accessTokens(parseSigningKeys(env['TOKEN_KEYS']), env['PUBLIC_URL'] ?? '');
  const authenticatedAt = Math.floor(Date.now() / 1_000);
  return Promise.all(
    rows.map(async ({ userId, projectId }, index) => {
      const sessionId = randomUUID();
      const token = await tokens.sign({ userId, sessionId, authenticatedAt });
      const address = `10.2.${index >> 8}.${index & 255}`;
      return { authorization: `Bearer ${token}`, projectId, address };
    }),
  );
};

type Said = { sessionId: string; step: string; reply: { text: string } };

export const say = async (
  url: string,
  { authorization, address }: Talker,
  body: Record<string, unknown>,
): Promise<Said> => {
  const headers = {
    authorization,
    'content-type': 'application/json',
    'x-forwarded-for': address,
  };
  const request = { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(`${url}/chat/message`, request);
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${response.status}: ${JSON.stringify(answer)}`);
  return answer as Said;
};

/** Everybody says the same thing in turn, waiting for the answer and no longer. */
const load = async (url: string, talkers: Talker[], sessions: string[], text: string) => {
  const times: number[] = [];
  await Promise.all(
    talkers.map(async (talker, index) => {
      for (let round = 0; round < rounds; round++) {
        const from = performance.now();
        const sessionId = sessions[index];
        await say(url, talker, { text, sessionId });
        times.push(performance.now() - from);
      }
    }),
  );
  return times.toSorted((a, b) => a - b);
};

const measure = async (server: Child, talkers: Talker[], sessions: string[], text: string) => {
  const before = (await cpuMicros(server.pid)) ?? Number.NaN;
  const from = performance.now();
  const times = await load(server.url, talkers, sessions, text);
  const elapsed = (performance.now() - from) / 1_000;
  const cpu = (((await cpuMicros(server.pid)) ?? Number.NaN) - before) / times.length;
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  return [at(0.5), at(0.95), (times.length / elapsed).toFixed(0), cpu.toFixed(0)];
};

const loadAverage = async () => (await readFile('/proc/loadavg', 'utf8')).split(' ')[0];

/** Latency of turns at twenty conversations at once, each of its own person, on the bare server. */
export const measureTurns = async (world: World): Promise<string[]> => {
  const server = await startBare('api.chat', { env: { ...world.env, TRUSTED_HOPS: '1' } });
  try {
    const talkers = await makeTalkers(world.env, conversations);
    const begun = await Promise.all(
      talkers.map(one => say(server.url, one, { text: 'hola', projectId: one.projectId })),
    );
    const sessions = begun.map(answer => answer.sessionId);
    for (const text of Object.values(turns)) await load(server.url, talkers, sessions, text);
    const lines = [
      `${conversations} conversations at once, load average ${await loadAverage()}`,
      '| Turn | p50 ms | p95 ms | per second | CPU µs |',
      '|---|---|---|---|---|',
    ];
    for (const [name, text] of Object.entries(turns)) {
      const cells = await measure(server, talkers, sessions, text);
      lines.push(`| ${name}: ${text} | ${cells.join(' | ')} |`);
    }
    return lines;
  } finally {
    await server.stop();
  }
};
