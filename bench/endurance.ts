/**
 * `npm run bench:turns [-- 10000]`: that many turns of many conversations while Redis is restarted, empty,
 * again and again. Every conversation counts its own turns and knows what comes next, so a session that was
 * lost, an answer out of turn and a task made twice would all show.
 */
import { sql } from 'kysely';
import { startRedis } from '../dev/redis.ts';
import { openDatabase } from '../functions/src/data/database.ts';
import { startBare } from './child.ts';
import { makeTalkers, type Talker, tell } from './turns.ts';
import { makeWorld, type World } from './world.ts';

const wanted = Number(process.argv[2] ?? 10_000);
const conversations = 20;
const restarts = 5;

/** One lap makes a task over four messages, each of which only the session makes sense of. */
const lap = [
  { text: () => 'quiero crear una tarea', step: 'awaiting_task_title' },
  { text: (lapNumber: number) => `llamar al cliente ${lapNumber}`, step: 'awaiting_assignee' },
  { text: () => 'nadie', step: 'awaiting_due_date' },
  { text: () => 'sin fecha', step: 'awaiting_confirmation' },
  { text: () => 'sí', step: 'idle' },
] as const;

type Tally = { turns: number; repeats: number; astray: string[] };

/** Sends a message until it is answered; its key makes a repeat harmless. */
const persist = async (
  url: string,
  talker: Talker,
  body: Record<string, unknown>,
  tally: Tally,
  key: string,
) => {
  for (let tries = 0; ; tries++) {
    const answer = await tell(url, talker, body, { 'idempotency-key': key }).catch(
      (error: unknown) => error as Error,
    );
    if (!(answer instanceof Error)) return answer;
    if (tries > 100) throw answer;
    tally.repeats++;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
};

const talk = async (url: string, talker: Talker, laps: number, tally: Tally, name: number) => {
  let sessionId: string | undefined;
  for (let number = 0; number < laps; number++)
    for (const [place, { text, step }] of lap.entries()) {
      const body = {
        text: text(number),
        ...(sessionId ? { sessionId } : { projectId: talker.projectId }),
      };
      const key = `${name}-${number}-${place}`;
      const answer = await persist(url, talker, body, tally, key);
      sessionId = answer.sessionId;
      tally.turns++;
      if (answer.step !== step) tally.astray.push(`${key}: ${answer.step} instead of ${step}`);
    }
};

/** Stops Redis and starts it again with nothing in it, evenly over the run. */
const restartRedis = async (world: World, tally: Tally): Promise<number[]> => {
  const at: number[] = [];
  let { redis } = world.stack.services;
  for (let count = 1; count <= restarts; count++) {
    const next = (wanted * count) / (restarts + 1);
    while (tally.turns < next) await new Promise(resolve => setTimeout(resolve, 20));
    at.push(tally.turns);
    await redis.stop();
    redis = await startRedis({ port: redis.port });
  }
  world.stack.services.redis = redis;
  return at;
};

const kept = async (env: Record<string, string>, projects: number[]) => {
  const db = openDatabase({ connectionString: env['DATABASE_URL'] ?? '', max: 1 });
  const { rows } = await sql<{
    turns: number;
    talks: number;
    messages: number;
    tasks: number;
    alike: number;
  }>`
    SELECT (SELECT sum(turn) FROM conversations) AS turns,
      (SELECT count(*) FROM conversations) AS talks,
      (SELECT count(*) FROM conversation_messages) AS messages,
      (SELECT count(*) FROM tasks WHERE project_id = any(${projects}::bigint[])
        AND title LIKE 'llamar al cliente%') AS tasks,
      (SELECT count(*) FROM (SELECT FROM tasks WHERE project_id = any(${projects}::bigint[])
        AND title LIKE 'llamar al cliente%' GROUP BY project_id, title HAVING count(*) > 1) twice)
        AS alike`.execute(db);
  await db.destroy();
  return rows[0];
};

const main = async (): Promise<void> => {
  const world = await makeWorld();
  const server = await startBare('api.chat', { env: { ...world.env, TRUSTED_HOPS: '1' } });
  const laps = Math.ceil(wanted / conversations / lap.length);
  const tally: Tally = { turns: 0, repeats: 0, astray: [] };
  try {
    const talkers = await makeTalkers(world.env, conversations, { tasks: 0 });
    const [at] = await Promise.all([
      restartRedis(world, tally),
      ...talkers.map((talker, name) => talk(server.url, talker, laps, tally, name)),
    ]);
    const found = await kept(
      world.env,
      talkers.map(talker => talker.projectId),
    );
    console.log(
      `${tally.turns} turns in ${conversations} conversations, ${tally.repeats} requests repeated`,
    );
    console.log(`Redis restarted, empty, after ${at.join(', ')} turns`);
    console.log(`turns that were answered out of place: ${tally.astray.length}`);
    console.log(
      `in the history: ${found?.turns} turns, ${found?.messages} messages, ${found?.talks} conversations`,
    );
    console.log(
      `tasks made: ${found?.tasks} of ${laps * conversations}, made twice: ${found?.alike}`,
    );
    for (const one of tally.astray.slice(0, 10)) console.log(`  ${one}`);
    const whole =
      tally.astray.length === 0 &&
      found?.turns === tally.turns &&
      found.messages === 2 * tally.turns &&
      found.talks === conversations &&
      found.tasks === laps * conversations &&
      found.alike === 0;
    if (!whole) process.exitCode = 1;
  } finally {
    await server.stop();
    await world.stack.stop();
  }
};

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
