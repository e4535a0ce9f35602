import { setTimeout as wait } from 'node:timers/promises';
import { hidaneIsThere } from './firestore.ts';
import { isFree } from './ports.ts';
import { onPath } from './redis.ts';
import { type PortName, type Ports, portNames, variableOf } from './settings.ts';
import { say } from './wording.ts';

/** Said to the person in one plain line; nothing is printed besides. */
export class Obstacle extends Error {}

/** What an environment variable asked for by name must be there. */
export const requirePrograms = (environment = process.env): void => {
  if (environment.PMBOT_REDIS === 'native' && !onPath('redis-server', environment.PATH))
    throw missing('redis-server', 'PMBOT_REDIS=js');
  if (environment.PMBOT_FIRESTORE === 'hidane' && !hidaneIsThere())
    throw missing('hidane', 'cargo install hidane --version 0.6.0 --locked · PMBOT_FIRESTORE=js');
};

const missing = (name: string, advice: string) => new Obstacle(say('missing', { name, advice }));

/** After a leftover was told to end, its port may need a moment. */
export const requireFreePorts = async (ports: Ports, patienceMs: number): Promise<void> => {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const taken = await firstTaken(ports);
    if (!taken) return;
    if (Date.now() >= deadline) throw new Obstacle(portLine(taken, ports[taken]));
    await wait(200);
  }
};

const firstTaken = async (ports: Ports): Promise<PortName | undefined> => {
  for (const name of portNames) if (!(await isFree(ports[name]))) return name;
  return undefined;
};

const portLine = (name: PortName, port: number) =>
  say('portTaken', { port, name, variable: variableOf(name) });
