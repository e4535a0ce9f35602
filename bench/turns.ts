import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { chatSessions } from '../functions/src/adapters/redis/chat-sessions.ts';
import { openRedis } from '../functions/src/adapters/redis/client.ts';
import { accessTokens } from '../functions/src/adapters/tokens/access-tokens.ts';
import { parseSigningKeys } from '../functions/src/adapters/tokens/signing-keys.ts';
import { openDatabase } from '../functions/src/data/database.ts';
import { type Child, startBare } from './child.ts';
import { cpuMicros } from './http-load.ts';
import type { World } from './world.ts';

const conversations = 20;
const rounds = Number(process.env['BENCH_TURN_ROUNDS'] ?? 30);
const humanPace = 1_000;

/** What each person says, over and over, in a conversation of their own. */
const turns = {
  greet: 'hola',
  status: '¿cómo va el proyecto?',
  list: '¿qué tareas tengo?',
  create: 'crea una tarea para revisar el contrato, para mañana, sin asignar',
  change: 'márcala como hecha',
};

export type Talker = { authorization: string; projectId: number; address: string };

/** People with a project of their own each, tasks included: nothing is shared between two conversations. */
export const makeTalkers = async (
  env: Record<string, string>,
  count: number,
  { tasks = 20 } = {},
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
      FROM theirs, generate_series(1, ${tasks}::int) n
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

export const tell = async (
  url: string,
  { authorization, address }: Talker,
  body: Record<string, unknown>,
  more: Record<string, string> = {},
): Promise<Said> => {
  const headers = {
    authorization,
    'content-type': 'application/json',
    'x-forwarded-for': address,
    ...more,
  };
  const request = { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(`${url}/chat/message`, request);
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${response.status}: ${JSON.stringify(answer)}`);
  return answer as Said;
};

/** Milliseconds that a person takes to read and type; none for as fast as it goes. */
type Pace = number;

/** Everybody says the same thing in turn: answer, pause, next. */
const load = async (
  url: string,
  talkers: Talker[],
  sessions: string[],
  text: string,
  pace: Pace,
) => {
  const times: number[] = [];
  await Promise.all(
    talkers.map(async (talker, index) => {
      await wait(Math.random() * pace);
      for (let round = 0; round < rounds; round++) {
        const from = performance.now();
        await tell(url, talker, { text, sessionId: sessions[index] });
        times.push(performance.now() - from);
        await wait(pace);
      }
    }),
  );
  return times.toSorted((a, b) => a - b);
};

const at = (times: number[], share: number) =>
  (times[Math.floor(times.length * share)] ?? 0).toFixed(1);

const measure = async (server: Child, talkers: Talker[], sessions: string[], text: string) => {
  const paced = await load(server.url, talkers, sessions, text, humanPace);
  const before = (await cpuMicros(server.pid)) ?? Number.NaN;
  const from = performance.now();
  const full = await load(server.url, talkers, sessions, text, 0);
  const elapsed = (performance.now() - from) / 1_000;
  const cpu = (((await cpuMicros(server.pid)) ?? Number.NaN) - before) / full.length;
  return [
    at(paced, 0.5),
    at(paced, 0.95),
    at(full, 0.5),
    at(full, 0.95),
    (full.length / elapsed).toFixed(0),
    cpu.toFixed(0),
  ];
};

const loadAverage = async () => (await readFile('/proc/loadavg', 'utf8')).split(' ')[0];

/** Reading a session, as at the start of a turn, over REST; twenty at once. */
const contextTimes = async (env: Record<string, string>): Promise<number[]> => {
  const url = env['UPSTASH_REDIS_REST_URL'] ?? '';
  const sessions = chatSessions(async () => openRedis(url, env['UPSTASH_REDIS_REST_TOKEN'] ?? ''));
  const state = { turn: 1, text: 'x'.repeat(4_000) };
  const ids = Array.from({ length: conversations }, (_, index) => `bench-${index}`);
  await Promise.all(ids.map(id => sessions.begin(0, id).save(state)));
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const id of ids) {
      const from = performance.now();
      const held = await sessions.hold(0, id);
      times.push(performance.now() - from);
      await held?.release();
    }
  }
  return times.toSorted((a, b) => a - b);
};

/** Latency of turns at twenty conversations at once, each of its own person, on the bare server. */
export const measureTurns = async (world: World): Promise<string[]> => {
  const server = await startBare('api.chat', { env: { ...world.env, TRUSTED_HOPS: '1' } });
  try {
    const talkers = await makeTalkers(world.env, conversations);
    const begun = await Promise.all(
      talkers.map(one => tell(server.url, one, { text: 'hola', projectId: one.projectId })),
    );
    const sessions = begun.map(answer => answer.sessionId);
    for (const text of Object.values(turns)) await load(server.url, talkers, sessions, text, 0);
    const lines = [
      `${conversations} conversations at once; the machine had a load average of ${await loadAverage()}`,
      '| Turn | p50 ms, a message a second each | p95 ms | p50 ms, without pause | p95 ms | per second | CPU µs |',
      '|---|---|---|---|---|---|---|',
    ];
    for (const [name, text] of Object.entries(turns)) {
      const cells = await measure(server, talkers, sessions, text);
      lines.push(`| ${name}: ${text} | ${cells.join(' | ')} |`);
    }
    const context = await contextTimes(world.env);
    lines.push(`session read from Redis: p50 ${at(context, 0.5)} ms, p95 ${at(context, 0.95)} ms`);
    return lines;
  } finally {
    await server.stop();
  }
};
