import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callAs } from '../support/callers.ts';
import type { Order, Read } from '../support/status-reader.ts';
import { makeTeam, type Team } from '../support/team.ts';

// Processes of their own, as instances are: what they share is PostgreSQL and Redis.
const instances: ChildProcess[] = [];
let team: Team;

const start = async (): Promise<ChildProcess> => {
  const program = join(import.meta.dirname, '..', 'support', 'status-reader.ts');
  const child = fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  instances.push(child);
  const died = once(child, 'exit').then(() => Promise.reject(new Error('An instance died')));
  await Promise.race([once(child, 'message'), died]);
  died.catch(() => undefined);
  return child;
};

beforeAll(async () => {
  team = await makeTeam();
  await Promise.all([start(), start(), start()]);
});
afterAll(() => {
  for (const child of instances) child.kill();
});

const ask = async (child: ChildProcess, times: number): Promise<Read> => {
  const order: Order = { userId: team.viewer, projectId: team.projectId, times };
  const answer = once(child, 'message');
  child.send(order);
  return (await answer)[0] as Read;
};
const everybody = (times: number) => Promise.all(instances.map(child => ask(child, times)));
const create = () =>
  callAs(team.member, 'createTask', { projectId: team.projectId, title: 'Una más' });

describe('status on several instances', () => {
  it('is computed once when three instances with forty readers each miss it together', async () => {
    await create();
    const reads = await everybody(40);
    expect(reads.reduce((sum, { computed }) => sum + computed, 0)).toBe(1);
    expect(new Set(reads.flatMap(({ totals }) => totals))).toEqual(new Set([1]));
  });

  it('is right on every instance as soon as a write has been answered, time after time', async () => {
    for (let total = 2; total <= 12; total++) {
      await create();
      const reads = await everybody(3);
      expect(new Set(reads.flatMap(({ totals }) => totals))).toEqual(new Set([total]));
    }
  });

  it('is right within a second while writers and readers never stop', async () => {
    const before = 12;
    const writes = Array.from({ length: 20 }, create);
    const during = everybody(10);
    await Promise.all(writes);
    await during;
    const reads = await everybody(5);
    expect(new Set(reads.flatMap(({ totals }) => totals))).toEqual(new Set([before + 20]));
  });
});
