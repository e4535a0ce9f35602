import { randomUUID } from 'node:crypto';
import { accessTokens } from '../functions/src/adapters/tokens/access-tokens.ts';
import { parseSigningKeys } from '../functions/src/adapters/tokens/signing-keys.ts';
import { startBare } from './child.ts';
import { type Extent, timesHead, timesRow } from './queries.ts';
import type { World } from './world.ts';

const asked = 200;
const clients = 20;
const shownProjects = 20;
const writeEvery = 20;
const mixedSeconds = 10;

type Ask = (projectId: number, body?: object) => Promise<{ cached?: boolean }>;

/** The status report over HTTP, authentication and limits included: first, remembered, and under writes. */
export const measureStatus = async (
  world: World,
  databaseUrl: string,
  extent: Extent,
): Promise<string[]> => {
  const env = { ...world.env, DATABASE_URL: databaseUrl };
  const server = await startBare('api.projects', { env });
  try {
    const ask = await asker(server.url, env, extent);
    const ids = Array.from(
      { length: Math.min(asked, extent.projects) },
      (_, index) => extent.firstProject + extent.projects - 1 - index,
    );
    await ask(extent.firstProject);
    const first = await inTurn(ids, ask);
    const again = await inTurn(ids, ask);
    return [
      ...timesHead,
      timesRow('GET status over HTTP, not remembered', first.times),
      timesRow('GET status over HTTP, remembered', again.times),
      '',
      `remembered at the first question ${first.cached}, at the second ${again.cached} of ${ids.length}`,
      await underWrites(ask, extent),
    ];
  } finally {
    await server.stop();
  }
};

const inTurn = async (ids: number[], ask: Ask) => {
  const times: number[] = [];
  let cached = 0;
  for (const id of ids) {
    const from = performance.now();
    if ((await ask(id)).cached) cached++;
    times.push(performance.now() - from);
  }
  return { times, cached };
};

/** People watch boards that others write to: each write ends what was remembered of its project. */
const underWrites = async (ask: Ask, extent: Extent): Promise<string> => {
  const end = performance.now() + mixedSeconds * 1_000;
  let [hits, questions, writes, turn] = [0, 0, 0, 0];
  const client = async () => {
    while (performance.now() < end) {
      const projectId = extent.firstProject + Math.floor(Math.random() * shownProjects);
      if (turn++ % writeEvery === 0) {
        await ask(projectId, { title: 'Tarea de carga' });
        writes++;
      } else {
        questions++;
        if ((await ask(projectId)).cached) hits++;
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const perSecond = Math.round((questions + writes) / mixedSeconds);
  const ratio = ((100 * hits) / questions).toFixed(1);
  return `${clients} clients on ${shownProjects} projects, one call in ${writeEvery} a write: ${perSecond} calls a second, cache hit ratio ${ratio} %`;
};

const asker = async (url: string, env: Record<string, string>, extent: Extent): Promise<Ask> => {
  const tokens = accessTokens(parseSigningKeys(env['TOKEN_KEYS']), env['PUBLIC_URL'] ?? '');
  const authenticatedAt = Math.floor(Date.now() / 1_000);
  const known = new Map<number, string>();
  const tokenOf = async (userId: number): Promise<string> => {
    const sessionId = randomUUID();
    const token = known.get(userId) ?? (await tokens.sign({ userId, sessionId, authenticatedAt }));
    known.set(userId, token);
    return token;
  };
  return async (projectId, body) => {
    // Project and owner were numbered together.
    const token = await tokenOf(extent.owner + projectId - extent.firstProject);
    const path = `/projects/${projectId}/${body ? 'tasks' : 'status'}`;
    const response = await fetch(url + path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return (await response.json()) as { cached?: boolean };
  };
};
