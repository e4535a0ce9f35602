import { readFile } from 'node:fs/promises';
import autocannon from 'autocannon';
import type { Child } from './child.ts';
import type { Contender, Sample } from './compare.ts';

export type Load = {
  path: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  /** One body for all requests, or several in turn. */
  body?: unknown;
  bodies?: unknown[];
  /** Or one made for each request. */
  nextBody?: () => unknown;
  connections?: number;
  seconds?: number;
};

/** Loads one server process over kept-alive connections; fails when anything but 2xx comes back. */
export const httpContender = (name: string, server: Child, load: Load): Contender => ({
  name,
  round: async (): Promise<Sample> => {
    const cpuBefore = await cpuMicros(server.pid);
    const result = await autocannon({
      url: `${server.url}${load.path}`,
      method: load.method ?? 'GET',
      connections: load.connections ?? 50,
      duration: load.seconds ?? 3,
      headers: { 'content-type': 'application/json', ...load.headers },
      ...(load.body !== undefined && { body: JSON.stringify(load.body) }),
      ...(load.bodies && { requests: [{ setupRequest: withBody(inTurn(load.bodies)) }] }),
      ...(load.nextBody && { requests: [{ setupRequest: withBody(load.nextBody) }] }),
    });
    const calls = result['2xx'];
    if (result.non2xx > 0 || result.errors > 0 || calls === 0)
      throw new Error(`${name}: ${result.non2xx} refused, ${result.errors} failed, ${calls} good`);
    const cpuAfter = await cpuMicros(server.pid);
    return {
      perSecond: calls / result.duration,
      p50Ms: result.latency.p50,
      p97Ms: result.latency.p97_5,
      ...(cpuAfter !== undefined &&
        cpuBefore !== undefined && { cpuMicrosPerCall: (cpuAfter - cpuBefore) / calls }),
    };
  },
});

const inTurn = (bodies: unknown[]) => {
  let next = 0;
  return (): unknown => bodies[next++ % bodies.length];
};

const withBody =
  (next: () => unknown) =>
  (request: autocannon.Request): autocannon.Request => ({
    ...request,
    body: JSON.stringify(next()),
  });

const microsPerTick = 10_000;

/** CPU time of a process so far, from Linux's accounting; nothing elsewhere. */
export const cpuMicros = async (pid: number): Promise<number | undefined> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) * microsPerTick;
};
