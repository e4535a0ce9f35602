import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { WebSocket } from 'ws';
import { accessTokens } from '../functions/src/adapters/tokens/access-tokens.ts';
import { parseSigningKeys } from '../functions/src/adapters/tokens/signing-keys.ts';
import { openDatabase } from '../functions/src/data/database.ts';
import { startWebSocketServer } from './child.ts';
import type { World } from './world.ts';

const atOnce = 50;
const settleMs = 3_000;
const rounds = 200;

/** Resident memory of a process in bytes, from Linux's accounting. */
const residentBytes = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1_024;
};

const open = (url: string, headers: Record<string, string>): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    socket.once('message', () => resolve(socket));
    socket.once('error', reject);
    socket.once('close', code => reject(new Error(`closed with ${code}`)));
  });

const openAll = async (url: string, people: Record<string, string>[]): Promise<WebSocket[]> => {
  const sockets: WebSocket[] = [];
  for (let from = 0; from < people.length; from += atOnce) {
    const batch = people.slice(from, from + atOnce);
    sockets.push(...(await Promise.all(batch.map(headers => open(url, headers)))));
  }
  return sockets;
};

/** As many people, each with a token of a session of their own. */
const signedIn = async (env: Record<string, string>, count: number) => {
  const db = openDatabase({ connectionString: env['DATABASE_URL'] ?? '', max: 1 });
  const { rows } = await sql<{
    id: number;
  }>`INSERT INTO users (email, full_name, status, email_verified)
    SELECT 'oyente' || n || '@example.com', 'Oyente ' || n, 'active', TRUE
    FROM generate_series(1, ${count}::int) n RETURNING id`.execute(db);
  await db.destroy();
  const tokens = accessTokens(parseSigningKeys(env['TOKEN_KEYS']), env['PUBLIC_URL'] ?? '');
  const authenticatedAt = Math.floor(Date.now() / 1_000);
  const sign = ({ id }: { id: number }) =>
    tokens.sign({ userId: id, sessionId: randomUUID(), authenticatedAt });
  return Promise.all(
    rows.map(async (row, index) => ({
      authorization: `Bearer ${await sign(row)}`,
      // Otherwise all of them would count as one network.
      'x-forwarded-for': `10.1.${index >> 8}.${index & 255}`,
    })),
  );
};

/** Time from a message to its answer on one connection, one at a time. */
const answerTimes = async (socket: WebSocket): Promise<number[]> => {
  const times: number[] = [];
  for (let id = 0; id < rounds; id++) {
    const from = performance.now();
    socket.send(JSON.stringify({ type: 'message', id: `m${id}`, text: 'hola' }));
    await new Promise<void>((resolve, reject) => {
      const listen = (data: unknown) => {
        const { type, problem } = JSON.parse(String(data)) as { type: string; problem?: unknown };
        if (type === 'error') reject(new Error(JSON.stringify(problem)));
        if (type !== 'reply') return;
        socket.off('message', listen);
        resolve();
      };
      socket.on('message', listen);
    });
    times.push(performance.now() - from);
    // Within the budget of frames that one connection has.
    await wait(220);
  }
  return times.toSorted((a, b) => a - b);
};

/** Holds connections open on one instance and says what each costs. */
export const measureSockets = async (world: World, connections = 1_000): Promise<string[]> => {
  const { url: base, pid, stop } = await startWebSocketServer({ ...world.env, TRUSTED_HOPS: '1' });
  const url = `${base.replace('http', 'ws')}/chat/ws`;
  try {
    const people = await signedIn(world.env, connections);
    // The first ones load every module; they are not what a further one costs.
    const first = await openAll(url, people.slice(0, 20));
    await wait(settleMs);
    const before = await residentBytes(pid);
    const from = performance.now();
    const sockets = [...first, ...(await openAll(url, people.slice(20)))];
    const openMs = performance.now() - from;
    await wait(settleMs);
    const perConnection = ((await residentBytes(pid)) - before) / (connections - first.length);
    const times = sockets[0] ? await answerTimes(sockets[0]) : [];
    const still = sockets.filter(socket => socket.readyState === WebSocket.OPEN).length;
    const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
    return [
      `${still} of ${connections} connections open, ${(openMs / connections).toFixed(1)} ms each to open`,
      `${(perConnection / 1_024).toFixed(1)} KiB of resident memory per connection, ${(before / 1_048_576).toFixed(0)} MiB without them`,
      `message to answer with all of them open: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`,
    ];
  } finally {
    await stop();
  }
};
